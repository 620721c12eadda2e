import { updateJson, type Tree } from '@nx/devkit';
import { rangesOf, type PackageManifest } from './package-manifest.ts';

/** Declares dependencies of a library that it does not have yet. Says whether there were any. */
export function addDependencies(tree: Tree, library: string, dependencies: readonly string[]): boolean {
  let changed = false;

  updateJson<PackageManifest>(tree, `libs/${library}/package.json`, (manifest) => {
    const present = { ...manifest.dependencies };
    const missing = dependencies.filter((name) => !(name in present || name in (manifest.peerDependencies ?? {})));
    if (missing.length === 0) return manifest;

    changed = true;
    const all = { ...present, ...rangesOf(tree, missing) };
    return {
      ...manifest,
      dependencies: Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1))),
    };
  });
  return changed;
}
