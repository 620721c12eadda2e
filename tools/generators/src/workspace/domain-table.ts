import type { Tree } from '@nx/devkit';
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

/**
 * Finds the table of a domain in `src/table` of its entities library.
 *
 * @throws a plain Error when no file there declares one.
 */
export function tableOfDomain(tree: Tree, domain: string): DomainTable {
  const folder = `libs/entities-${domain}/src/table`;

  for (const file of tree.children(folder)) {
    const path = `${folder}/${file}`;
    const [, shape, name] =
      /export const (\w+TableShape)\b[^=]*= \{\s*name: '([^']+)'/.exec(readText(tree, path)) ?? [];
    if (shape !== undefined && name !== undefined) return { path, shape, name };
  }
  throw new Error(`${folder} declares no table that could take one more entity.`);
}

/**
 * Adds an index to a table's shape.
 *
 * @throws a plain Error when the shape has no list of indexes.
 */
export function addIndex(tree: Tree, { path }: DomainTable, index: string): void {
  const content = readText(tree, path);
  const [opening] = /\bindexes: \[/.exec(content) ?? [];
  if (opening === undefined) throw new Error(`${path} cannot be extended: it has no list of indexes.`);

  const end = endOfList(content, content.indexOf(opening) + opening.length);
  const before = content.slice(0, end).trimEnd();
  const separator = /[[,]$/.test(before) ? '' : ',';
  tree.write(path, `${before}${separator}\n${index}\n${content.slice(end)}`);
}

/** Where the list that was opened before `start` is closed. */
function endOfList(content: string, start: number): number {
  let depth = 1;
  let position = start;

  for (; depth > 0 && position < content.length; position += 1) {
    if (content[position] === '[') depth += 1;
    if (content[position] === ']') depth -= 1;
  }
  return position - 1;
}
