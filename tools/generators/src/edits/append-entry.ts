import type { Tree } from '@nx/devkit';
import { readText } from './read-text.ts';

/** An entry, and the list or object that it belongs to. */
export interface AddedEntry {
  /** Matches the beginning of the list, up to its opening bracket. */
  readonly opening: RegExp;
  /** What it is known by. */
  readonly name: string;
  /** The entry as it is written, without a comma after it. */
  readonly entry: string;
}

/** Brackets, and what may have some that do not count. */
const token = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[^]*?\*\/|\/\/.*|[[\](){}]/g;

/**
 * Appends an entry to a list or an object in a source file.
 *
 * @throws a plain Error naming the file when the list is not there, or has something of that name already.
 */
export function appendEntry(tree: Tree, path: string, { opening, name, entry }: AddedEntry): void {
  const content = readText(tree, path);
  const found = opening.exec(content);
  if (!found) throw new Error(`${path} cannot be extended: nothing in it matches ${String(opening)}.`);

  const start = found.index + found[0].length;
  const end = endOfList(content, start);
  if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(content.slice(start, end))) {
    throw new Error(`${path} cannot be extended: it has ${name} already.`);
  }

  const before = content.slice(0, end).trimEnd();
  const separator = /[[{(,]\s*(\/\/.*)?$/.test(before) ? '' : ',';
  tree.write(path, `${before}${separator}\n${entry},\n${content.slice(end)}`);
}

/** Where the list that was opened before `start` is closed. */
function endOfList(content: string, start: number): number {
  let depth = 1;

  for (const { 0: text, index } of content.slice(start).matchAll(token)) {
    if (/^[[({]$/.test(text)) depth += 1;
    if (/^[\])}]$/.test(text)) depth -= 1;
    if (depth === 0) return start + index;
  }
  return content.length;
}
