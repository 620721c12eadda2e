import type { Tree } from '@nx/devkit';
import { readText } from './read-text.ts';

/** A text, and what it goes before in its file. */
export interface Insertion {
  readonly before: RegExp;
  readonly text: string;
}

/**
 * Inserts a text into a file.
 *
 * @throws a plain Error naming file and place when the place is not there.
 */
export function insertBefore(tree: Tree, path: string, { before, text }: Insertion): void {
  const content = readText(tree, path);
  const found = before.exec(content);
  if (!found) throw new Error(`${path} cannot be extended: nothing in it matches ${String(before)}.`);

  tree.write(path, content.slice(0, found.index) + text + content.slice(found.index));
}
