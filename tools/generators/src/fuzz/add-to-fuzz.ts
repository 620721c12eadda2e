import { names as formsOf, type Tree } from '@nx/devkit';
import { addImport } from '../edits/add-import.ts';
import { appendEntry } from '../edits/append-entry.ts';
import { addToolDependencies } from '../workspace/add-tool-dependencies.ts';

const path = 'tools/fuzz/tests/support/entities/entities-libraries.ts';

/** Has the fuzz tests know a new domain: what its entities library exports, and its table. */
export function addToFuzz(tree: Tree, domain: string, shape: string): void {
  const library = `entities-${domain}`;
  const { propertyName } = formsOf(domain);
  const [model, table] = [`${propertyName}Model`, `${propertyName}Table`];

  addImport(tree, path, { from: `@cnop/${library}`, name: `* as ${model}` });
  addImport(tree, path, { from: `@cnop/${library}/shape`, name: shape });
  addImport(tree, path, { from: `@cnop/${library}/table`, name: `* as ${table}` });
  appendEntry(tree, path, {
    opening: /^export const entitiesLibraries\b[^=]*= \{/m,
    name: library,
    entry: `'${library}': { model: ${model}, table: ${table}, shape: ${shape} }`,
  });
  addToolDependencies(tree, 'fuzz', {
    section: 'devDependencies',
    names: [`@cnop/${library}`, `@cnop/dao-${domain}`],
  });
}
