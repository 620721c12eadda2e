// Writes the table of errors into docs/http-api.md, from the definitions of all packages and from the problems of HTTP itself:
// `node --conditions=@cnop/source tools/workspace/src/http-api-page.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { errorTableText } from './error-table-text.ts';
import { listedErrors } from './listed-errors.ts';
import { replaceSection } from './replace-section.ts';

const page = new URL('../../../docs/http-api.md', import.meta.url);

writeFileSync(page, replaceSection(readFileSync(page, 'utf8'), 'error codes', errorTableText(await listedErrors())));
