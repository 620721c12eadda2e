import { names as formsOf, type Tree } from '@nx/devkit';
import { addImport } from '../edits/add-import.ts';
import { appendEntry } from '../edits/append-entry.ts';
import { addToolDependencies } from '../workspace/add-tool-dependencies.ts';

const source = 'tools/fault-matrix/src';

/** Has the fault matrix know a new domain: its DAO library, and its table. */
export function addToMatrix(tree: Tree, domain: string, shape: string): void {
  const library = `dao-${domain}`;
  const name = formsOf(library).propertyName;

  addImport(tree, `${source}/methods/libraries.ts`, { from: `@cnop/${library}`, name: `* as ${name}` });
  appendEntry(tree, `${source}/methods/libraries.ts`, {
    opening: /^export const libraries\b[^=]*= \{/m,
    name: library,
    entry: `'${library}': ${name}`,
  });
  addImport(tree, `${source}/table-shapes.ts`, { from: `@cnop/entities-${domain}/shape`, name: shape });
  appendEntry(tree, `${source}/table-shapes.ts`, {
    opening: /^export const tableShapes = \[/m,
    name: shape,
    entry: shape,
  });
  addToolDependencies(tree, 'fault-matrix', {
    section: 'dependencies',
    names: [`@cnop/${library}`, `@cnop/entities-${domain}`],
  });
}
