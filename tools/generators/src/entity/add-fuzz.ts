import type { Tree } from '@nx/devkit';
import { appendEntry } from '../edits/append-entry.ts';
import type { EntityNames } from '../names/entity-names.ts';

/** Gives the fuzz tests what the methods of the DAO of an entity accept; its schemas and its items they find and fill themselves. */
export function addFuzz(tree: Tree, { prop, Class, ClassPlural }: EntityNames): void {
  const id = `exampleOf('${prop}IdSchema')`;

  appendEntry(tree, 'tools/fuzz/tests/unit/methods.test.ts', {
    opening: /^const calls\b[^=]*= \{/m,
    name: `${Class}Dao`,
    entry: `${Class}Dao: {
      create${Class}: [exampleOf('${prop}CreateSchema')],
      find${Class}: [${id}],
      get${Class}: [${id}],
      get${ClassPlural}: [{ status: 'ACTIVE', ...page }],
      update${Class}: [{ ${prop}Id: ${id}, expectedVersion: 1, changes: exampleOf('${prop}UpdateSchema') }],
    }`,
  });
}
