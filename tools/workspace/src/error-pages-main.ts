// Writes from the definitions of all packages: docs/errors.md, the table of error codes in docs/http-api.md, and the catalogue that OpenAPI
// documents are made from: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { definedErrors } from './defined-errors.ts';
import { errorsPage, httpApiPage } from './error-pages.ts';
import { catalogueFile, problemCatalogue } from './problem-catalogue.ts';

const pageOf = (name: string): URL => new URL(`../../../docs/${name}`, import.meta.url);
const sets = await definedErrors();

writeFileSync(pageOf('errors.md'), errorsPage(sets));
writeFileSync(pageOf('http-api.md'), httpApiPage(readFileSync(pageOf('http-api.md'), 'utf8'), sets));
writeFileSync(new URL(`../../../${catalogueFile}`, import.meta.url), problemCatalogue(sets));
