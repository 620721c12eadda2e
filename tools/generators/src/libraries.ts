import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  installPackagesTask,
  parseJson,
  readJson,
  serializeJson,
  updateJson,
  writeJson,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';
import { readText } from './edits.ts';

/** What the generators read and write of a package.json. */
interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** The manifest of a package in `libs`. */
const readManifest = (tree: Tree, name: string): PackageManifest =>
  readJson<PackageManifest>(tree, `libs/${name}/package.json`);

/** The packages in `libs`, by folder. */
const librariesOf = (tree: Tree): string[] =>
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
function rangesOf(tree: Tree, dependencies: readonly string[]): Record<string, string> {
  return Object.fromEntries([...dependencies].sort().map((dependency) => [dependency, rangeOf(tree, dependency)]));
}

const prefix = 'entities-';

/** The domains that have an entities library and a DAO library, by name. */
export function domainsOf(tree: Tree): string[] {
  return tree
    .children('libs')
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter(
      (domain) => tree.exists(`libs/${prefix}${domain}/package.json`) && tree.exists(`libs/dao-${domain}/package.json`),
    )
    .sort();
}

/** A library to be made after those of its layer. */
interface NewLibrary {
  readonly layer: 'dao' | 'entities';
  readonly domain: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly dependencies: readonly string[];
}

/** Written anew for each library, or made by a release. */
const ownFiles = /^(package\.json|README\.md|CHANGELOG\.md|.+\.api\.md|.+\.tsbuildinfo)$/;

/** Runs the example of the README of a library that does no I/O. */
const readmeTest = 'tests/unit/readme.test.ts';

/**
 * Makes the folder of a library with its manifest and its settings, after the first library of the same layer: whatever settings
 * those have, a new one has them too.
 *
 * @throws a plain Error when the layer has no library yet.
 */
export function addLibrary(tree: Tree, library: NewLibrary): void {
  const { layer, domain } = library;
  const model = modelOf(tree, layer);
  const name = `${layer}-${domain}`;

  for (const file of [...tree.children(`libs/${model}`), readmeTest]) {
    const path = `libs/${model}/${file}`;
    if (!tree.isFile(path) || ownFiles.test(file)) continue;

    const settings = readText(tree, path).replaceAll(model, name);
    tree.write(
      `libs/${name}/${file}`,
      /^tsconfig\b.*\.json$/.test(file) ? withoutForeignReferences(settings) : settings,
    );
  }
  writeJson(tree, `libs/${name}/package.json`, manifestOf(tree, library, { model, name }));
}

function modelOf(tree: Tree, layer: string): string {
  const model = librariesOf(tree).find((name) => readManifest(tree, name).nx?.tags?.includes(`layer:${layer}`));
  if (model === undefined) throw new Error(`The layer ${layer} has no library to go by.`);

  return model;
}

/** The references to other libraries are for `nx sync` to fill. */
function withoutForeignReferences(settings: string): string {
  const { references, ...others } = parseJson<{ references?: { path: string }[] }>(settings);
  const own = references?.filter(({ path }) => path.startsWith('./')) ?? [];

  return serializeJson({ ...others, ...(own.length > 0 && { references: own }) });
}

function manifestOf(
  tree: Tree,
  { layer, domain, description, keywords, dependencies }: NewLibrary,
  { model, name }: { readonly model: string; readonly name: string },
): PackageManifest {
  const text = readText(tree, `libs/${model}/package.json`).replaceAll(model, name);
  const { nx, ...manifest } = parseJson<PackageManifest>(text);
  Reflect.deleteProperty(manifest, 'peerDependencies');

  return {
    ...manifest,
    version: '0.1.0',
    description,
    ...{ keywords },
    dependencies: rangesOf(tree, dependencies),
    nx: { ...nx, tags: [`layer:${layer}`, `domain:${domain}`] },
  };
}

/** Declares dependencies of a library that it does not have yet. */
export function addDependencies(tree: Tree, library: string, dependencies: readonly string[]): void {
  updateJson<PackageManifest>(tree, `libs/${library}/package.json`, (manifest) => {
    const present = { ...manifest.dependencies };
    const missing = dependencies.filter((name) => !(name in present || name in (manifest.peerDependencies ?? {})));
    const all = Object.entries({ ...present, ...rangesOf(tree, missing) });

    return { ...manifest, dependencies: Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1))) };
  });
}

/** What is left to do once the files are written: link new packages and dependencies, and fill the project references. */
export function linkPackages(tree: Tree): GeneratorCallback {
  return () => {
    installPackagesTask(tree, true);
    execFileSync(join(tree.root, 'node_modules/.bin/nx'), ['sync'], { cwd: tree.root, stdio: 'inherit' });
  };
}
