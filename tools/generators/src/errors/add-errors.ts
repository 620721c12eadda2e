import type { Tree } from '@nx/devkit';
import { addExports } from '../edits/add-exports.ts';
import { appendEntry } from '../edits/append-entry.ts';
import { entityNames, type EntityNames } from '../names/entity-names.ts';

/** What the errors of a domain are exported as: `inventoryErrors`. */
export const errorsOf = (domain: string): string => `${entityNames(domain).prop}Errors`;

/**
 * Adds the errors of an entity, not found and already exists, to those of its domain.
 *
 * @throws a plain Error when the domain has errors of that name, or its list of errors is not where it was.
 */
export function addErrors(tree: Tree, domain: string, { Class, CONST, prop, words, A }: EntityNames): void {
  const source = `libs/entities-${domain}/src`;
  const path = `${source}/errors.ts`;
  const opening = new RegExp(`^export const ${errorsOf(domain)} = defineErrors\\(\\{`, 'm');

  if (!tree.exists(path)) {
    tree.write(
      path,
      `import { defineErrors } from '@cnop/exceptions';\n\n` +
        `/** The errors of the domain ${domain}. */\nexport const ${errorsOf(domain)} = defineErrors({\n});\n`,
    );
    addExports(tree, `${source}/index.ts`, [{ from: './errors.ts', names: [errorsOf(domain)] }]);
  }
  appendEntry(tree, path, {
    opening,
    name: `${Class}NotFoundError`,
    entry: `  /** No ${words} has that id. */
  ${Class}NotFoundError: {
    code: '${CONST}_NOT_FOUND',
    status: 404,
    title: 'There is no such ${words}.',
    advice: 'Check the id.',
    message: ({ ${prop}Id }: { readonly ${prop}Id: string }) => \`there is no ${words} \${${prop}Id}\`,
  }`,
  });
  appendEntry(tree, path, {
    opening,
    name: `${Class}ExistsError`,
    entry: `  /** ${A} ${words} already has that id. */
  ${Class}ExistsError: {
    code: '${CONST}_EXISTS',
    status: 409,
    title: 'The ${words} already exists.',
    advice: 'Update the ${words}, or choose another id.',
    message: ({ ${prop}Id }: { readonly ${prop}Id: string }) => \`the ${words} \${${prop}Id} already exists\`,
  }`,
  });
}
