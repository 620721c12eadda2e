import { join } from 'node:path';
import { generateFiles, OverwriteStrategy, type Tree } from '@nx/devkit';
import { addImport } from '../edits/add-import.ts';
import { appendEntry } from '../edits/append-entry.ts';
import type { EntityNames } from '../names/entity-names.ts';

const source = 'tools/fault-matrix/src';

/** An entity whose DAO the fault matrix is to try. */
export interface TriedEntity {
  readonly domain: string;
  readonly names: EntityNames;
  /** The variable of its table's shape. */
  readonly shape: string;
}

/**
 * Has the fault matrix try what the DAO of an entity writes: its rows, how a process opens it, what is stored of it, and which of
 * its methods write nothing.
 *
 * @throws a plain Error when the matrix has something of that name, or a list is not where it was.
 */
export function addRows(tree: Tree, { domain, names, shape }: TriedEntity): void {
  const { file, prop, propPlural, Class, ClassPlural } = names;
  const kinds = `${source}/service-kinds.ts`;
  const facts = `${source}/facts/read-facts.ts`;
  const rows = `${source}/rows/matrix-rows.ts`;

  generateFiles(
    tree,
    join(import.meta.dirname, 'files'),
    source,
    { ...names, domain, shape },
    { overwriteStrategy: OverwriteStrategy.ThrowIfExisting },
  );
  addImport(tree, kinds, { from: `@cnop/dao-${domain}`, name: `get${Class}Dao` });
  appendEntry(tree, kinds, {
    opening: /^export const serviceKinds = \{/m,
    name: propPlural,
    entry: `${propPlural}: { owner: '${Class}Dao', open: get${Class}Dao }`,
  });
  addImport(tree, facts, { from: `./${file}-facts.ts`, name: `read${Class}` });
  appendEntry(tree, facts, { opening: /^const readers = \{/m, name: prop, entry: `${prop}: read${Class}` });
  addImport(tree, rows, { from: `./${file}-rows.ts`, name: `${prop}Rows` });
  appendEntry(tree, rows, {
    opening: /^export const matrixRows\b[^=]*= \[/m,
    name: `${prop}Rows`,
    entry: `...${prop}Rows`,
  });
  appendEntry(tree, `${source}/methods/harmless-names.ts`, {
    opening: /\bnew Set\(\[/,
    name: `get${Class}Dao`,
    entry: `\n'${Class}Dao.find${Class}',\n'${Class}Dao.get${Class}',\n'${Class}Dao.get${ClassPlural}',\n'get${Class}Dao'`,
  });
}
