import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { addExports } from '../edits/add-exports.ts';
import { insertBefore } from '../edits/insert-before.ts';
import type { EntityNames } from '../names/entity-names.ts';

const source = 'libs/exceptions/src';

/** The code that the errors of entities stand before, in every list of codes. */
const nextCode = 'VERSION_CONFLICT';

/**
 * Adds the errors of an entity, not found and exists already, to the one library that has them all: classes, details, catalogue,
 * and the page that documents them.
 *
 * @throws a plain Error when a list is not where it was.
 */
export function addErrors(tree: Tree, names: EntityNames): void {
  const { Class, CONST, prop, file, words } = names;
  const classes = [`${Class}ExistsError`, `${Class}NotFoundError`];
  const missing = { title: `There is no such ${words}.`, advice: 'Check the id.' };
  const present = { title: `The ${words} exists already.`, advice: `Update the ${words}, or choose another id.` };

  generateFiles(tree, join(import.meta.dirname, 'files'), source, { ...names });
  addExports(tree, `${source}/index.ts`, [{ from: `./${file}-errors.ts`, names: classes }]);
  insertBefore(tree, `${source}/catalogue.ts`, {
    before: new RegExp(`^  ${nextCode}: entry\\(`, 'm'),
    text:
      `  ${CONST}_NOT_FOUND: entry(404, '${missing.title}', '${missing.advice}'),\n` +
      `  ${CONST}_EXISTS: entry(409, '${present.title}', '${present.advice}'),\n`,
  });
  insertBefore(tree, `${source}/error-details.ts`, {
    before: new RegExp(`^  ${nextCode}: \\{`, 'm'),
    text:
      `  ${CONST}_NOT_FOUND: { readonly ${prop}Id: string };\n` +
      `  ${CONST}_EXISTS: { readonly ${prop}Id: string };\n`,
  });
  insertBefore(tree, `${source}/domain-error-of.ts`, {
    before: /^import \{[^}]*\} from '\.\/dependency-errors\.ts';/m,
    text: `import { ${classes.join(', ')} } from './${file}-errors.ts';\n`,
  });
  insertBefore(tree, `${source}/domain-error-of.ts`, {
    before: /^ {2}OUTCOME_UNKNOWN: /m,
    text: `  ${CONST}_NOT_FOUND: ${Class}NotFoundError,\n  ${CONST}_EXISTS: ${Class}ExistsError,\n`,
  });
  insertBefore(tree, 'docs/errors.md', {
    before: new RegExp(`^## ${nextCode}$`, 'm'),
    text:
      `## ${CONST}_NOT_FOUND\n\n${missing.title} HTTP 404.\n\n${missing.advice}\n\n` +
      `## ${CONST}_EXISTS\n\n${present.title} HTTP 409.\n\n${present.advice}\n\n`,
  });
}
