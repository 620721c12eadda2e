import type { Tree } from '@nx/devkit';
import { appendEntry } from '../edits/append-entry.ts';
import { readText } from '../edits/read-text.ts';

/** The table of a domain, as its entities library declares it. */
export interface DomainTable {
  /** The file of the shape. */
  readonly path: string;
  /** The shape's variable, such as `ordersTableShape`. */
  readonly shape: string;
  /** The logical name, such as `orders`. */
  readonly name: string;
}

/** An index by status, and what orders the items of one. */
export interface StatusIndex {
  readonly name: string;
  readonly sortKey: string;
}

/**
 * Finds the table of a domain in `src/shape.ts` of its entities library.
 *
 * @throws a plain Error when the file declares none.
 */
export function tableOfDomain(tree: Tree, domain: string): DomainTable {
  const path = `libs/entities-${domain}/src/shape.ts`;
  const [, shape, name] = /export const (\w+TableShape)\b[^=]*= \{\s*name: '([^']+)'/.exec(readText(tree, path)) ?? [];
  if (shape === undefined || name === undefined) {
    throw new Error(`${path} declares no table that could take one more entity.`);
  }

  return { path, shape, name };
}

/**
 * Adds the index of an entity's items by status to a table's shape.
 *
 * @throws a plain Error when the shape has no list of indexes, or has that one.
 */
export function addIndex(tree: Tree, { path }: DomainTable, { name, sortKey }: StatusIndex): void {
  appendEntry(tree, path, {
    opening: /\bindexes: \[/,
    name,
    entry: `{ name: '${name}', partitionKey: { name: 'status', type: 'S' }, sortKey: { name: '${sortKey}', type: 'S' }, projection: 'ALL' }`,
  });
}
