import type { Tree } from '@nx/devkit';
import { readText } from './read-text.ts';

/**
 * Rewrites a document by edits that each take its text and give the next.
 *
 * @throws a plain Error that names the document when an edit does not find its place.
 */
export function editDocument(tree: Tree, path: string, edits: readonly ((text: string) => string)[]): void {
  const text = readText(tree, path);

  try {
    tree.write(
      path,
      edits.reduce((edited, edit) => edit(edited), text),
    );
  } catch (cause) {
    throw new Error(`${path} cannot be extended: ${(cause as Error).message}`, { cause });
  }
}
