// Writes docs/mutation.md: `node --conditions=@cnop/source tools/mutation/src/write-page.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { groups } from './groups.ts';
import { mutationPageText } from './summary/page-text.ts';
import type { ScoreSheet } from './summary/score-sheet.ts';
import type { ListedSurvivor } from './summary/survivors.ts';

const root = new URL('../../../', import.meta.url);
const readJson = (file: string): unknown => JSON.parse(readFileSync(new URL(file, root), 'utf8'));

const sheet = readJson('tools/mutation/scores.json') as ScoreSheet;
const listed = readJson('tools/mutation/survivors.json') as ListedSurvivor[];
writeFileSync(new URL('docs/mutation.md', root), mutationPageText(groups, sheet, listed));
