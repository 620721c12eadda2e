import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackagesTask, type GeneratorCallback, type Tree } from '@nx/devkit';

/** What is left to do once the files are written: link new packages and dependencies, and fill the project references. */
export function linkPackages(tree: Tree): GeneratorCallback {
  return () => {
    installPackagesTask(tree, true);
    execFileSync(join(tree.root, 'node_modules/.bin/nx'), ['sync'], { cwd: tree.root, stdio: 'inherit' });
  };
}
