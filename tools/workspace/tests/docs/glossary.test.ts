import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const glossary = 'docs/glossary.md';
const [words = '', unused = ''] = readFileSync(join(root, glossary), 'utf8').split('## Words not used');

/** The first column of a table of Markdown, without its head. */
const firstColumn = (text: string): string[] =>
  [...text.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, cell = '']) => cell).filter((cell) => !/^(not|word|-+)$/.test(cell));

const phrases = firstColumn(unused).flatMap((cell) => cell.split(', '));
const refused = new RegExp(`\\b(?:${phrases.join('|').replaceAll(' ', '\\s+')})\\b`, 'gi');

const sources = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.cjs', '*.sh', '*.md', '.ci'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((file) => !file.endsWith('CHANGELOG.md') && file !== glossary && !file.endsWith('glossary.test.ts'));

const refusedIn = (text: string) => [...text.matchAll(refused)].map(([phrase]) => phrase);

describe('the glossary', () => {
  it('says each word once, in alphabetical order', () => {
    const listed = firstColumn(words);

    expect(listed).toEqual([...new Set(listed)].sort((a, b) => a.localeCompare(b)));
  });

  it('finds a phrase across a line break and in any case, but not within a word', () => {
    expect(refusedIn('For\n ever, and what IN the way of the other rubbishy herring')).toEqual([
      'For\n ever',
      'IN the way',
    ]);
  });

  it('keeps the words it does not use out of sources and documents', () => {
    const found = sources.flatMap((file) =>
      refusedIn(readFileSync(join(root, file), 'utf8')).map((phrase) => `${file}: ${phrase}`),
    );

    expect(found).toEqual([]);
  });
});
