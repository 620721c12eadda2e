import { parseJson, serializeJson, writeJson, type Tree } from '@nx/devkit';
import { readText } from '../edits/read-text.ts';
import { librariesOf, rangesOf, readManifest, type PackageManifest } from './package-manifest.ts';

/** A library to be made after those of its layer. */
export interface NewLibrary {
  readonly layer: 'dao' | 'entities';
  readonly domain: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly dependencies: readonly string[];
}

/** Written anew for each library, or made by a release. */
const ownFiles = /^(package\.json|README\.md|CHANGELOG\.md|.+\.api\.md|.+\.tsbuildinfo)$/;

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

  for (const file of tree.children(`libs/${model}`)) {
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
