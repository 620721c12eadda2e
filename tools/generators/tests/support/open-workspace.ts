import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';

/** This workspace as a generator is given it; nothing of what is written reaches the disk. */
export const openWorkspace = (): Tree => new FsTree(join(__dirname, '../../../..'), false);

/** What a generator has written, by path: what a dry run lists, and what is on the disk after a real one. */
export const writtenIn = (tree: Tree): Record<string, string> =>
  Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));
