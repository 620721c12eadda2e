import type { Tree } from '@nx/devkit';

/**
 * The text of a file that must be there.
 *
 * @throws a plain Error naming it when it is not.
 */
export function readText(tree: Tree, path: string): string {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is missing, and the generator has to extend it.`);

  return text;
}
