import { readJson, type Tree } from '@nx/devkit';

/** What the generators read and write of a package.json. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** The manifest of a package in `libs`. */
export const readManifest = (tree: Tree, name: string): PackageManifest =>
  readJson<PackageManifest>(tree, `libs/${name}/package.json`);

/** The packages in `libs`, by folder. */
export const librariesOf = (tree: Tree): string[] =>
  tree
    .children('libs')
    .filter((name) => tree.exists(`libs/${name}/package.json`))
    .sort();

/**
 * The range by which the libraries depend on a package: of the workspace's own its present version and what is compatible, of
 * any other the range that a library has already.
 *
 * @throws a plain Error when no library depends on it.
 */
function rangeOf(tree: Tree, dependency: string): string {
  const libraries = librariesOf(tree).map((name) => readManifest(tree, name));
  const own = libraries.find(({ name }) => name === dependency);
  const range = own
    ? `^${own.version}`
    : libraries.map(({ dependencies }) => dependencies?.[dependency]).find((found) => found !== undefined);
  if (range === undefined) throw new Error(`No library depends on ${dependency}, so its version is not known.`);

  return range;
}

/** The ranges of several packages, in alphabetical order. */
export function rangesOf(tree: Tree, dependencies: readonly string[]): Record<string, string> {
  return Object.fromEntries([...dependencies].sort().map((dependency) => [dependency, rangeOf(tree, dependency)]));
}
