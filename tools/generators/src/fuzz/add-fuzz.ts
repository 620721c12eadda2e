import { join } from 'node:path';
import { generateFiles, OverwriteStrategy, type Tree } from '@nx/devkit';
import { addImport } from '../edits/add-import.ts';
import { appendEntry } from '../edits/append-entry.ts';
import type { EntityNames } from '../names/entity-names.ts';

const folder = 'tools/fuzz/tests/support/entities';

/**
 * Gives the fuzz tests the examples of an entity: what its schemas, the reader of its items and the methods of its DAO accept.
 *
 * @throws a plain Error when they have something of that name, or the list of all entities is not where it was.
 */
export function addFuzz(tree: Tree, domain: string, names: EntityNames): void {
  const { file, prop } = names;
  const index = `${folder}/entity-fuzzes.ts`;

  generateFiles(
    tree,
    join(import.meta.dirname, 'files'),
    folder,
    { ...names, domain },
    { overwriteStrategy: OverwriteStrategy.ThrowIfExisting },
  );
  addImport(tree, index, { from: `./${file}-fuzz.ts`, name: `${prop}Fuzz` });
  appendEntry(tree, index, {
    opening: /^export const entityFuzzes\b[^=]*= \[/m,
    name: `${prop}Fuzz`,
    entry: `${prop}Fuzz`,
  });
}
