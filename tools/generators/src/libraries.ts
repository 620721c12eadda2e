import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  generateFiles,
  installPackagesTask,
  parseJson,
  serializeJson,
  writeJson,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';
import { readText } from './edits.ts';

/** The domains that have an entities library and a DAO library, by name. */
export const domainsOf = (tree: Tree): string[] =>
  tree
    .children('libs')
    .filter((name) => name.startsWith('entities-'))
    .map((name) => name.replace('entities-', ''))
    .filter((domain) => tree.exists(`libs/dao-${domain}/package.json`))
    .sort();

/** Which library a new one is. */
interface NewLibrary {
  readonly layer: 'dao' | 'entities';
  readonly domain: string;
}

/** What the generators read and write of a package.json. */
interface PackageManifest {
  readonly keywords: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Written anew for each library, or made by a release. */
const ownFiles = /^(package\.json|README\.md|CHANGELOG\.md|.+\.api\.md|.+\.tsbuildinfo)$/;

/** Runs the example of the README of a library that does no I/O. */
const readmeTest = 'tests/unit/readme.test.ts';

/**
 * Makes the folder of a library with its settings, after the first library of the same layer: whatever settings that has, a new one
 * has them too. README and sources are made from the templates of the layer.
 */
export function addLibrary(tree: Tree, { layer, domain }: NewLibrary, substitutions: object): void {
  const [modelDomain = ''] = domainsOf(tree);
  const [model, folder] = [`libs/${layer}-${modelDomain}`, `libs/${layer}-${domain}`];

  for (const file of [...tree.children(model), readmeTest]) {
    if (!tree.isFile(`${model}/${file}`) || ownFiles.test(file)) continue;

    const settings = readText(tree, `${model}/${file}`).replaceAll(`-${modelDomain}`, `-${domain}`);
    tree.write(`${folder}/${file}`, file.startsWith('tsconfig') ? withoutForeignReferences(settings) : settings);
  }
  generateFiles(tree, join(import.meta.dirname, 'files/domain', layer), folder, substitutions);
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readText(tree, `${folder}/README.md`)) ?? [];
  tree.write(`${folder}/examples/readme.ts`, example);
}

/** The references to other libraries are for `nx sync` to fill. */
function withoutForeignReferences(settings: string): string {
  const { references = [], ...others } = parseJson<{ references?: { path: string }[] }>(settings);

  return serializeJson({ ...others, references: references.filter(({ path }) => path.startsWith('./')) });
}

/** Writes the manifest of a library after that of the first of the same layer: of its dependencies those that the sources import. */
export function addManifest(
  tree: Tree,
  { layer, domain, description, keyword }: NewLibrary & { readonly description: string; readonly keyword: string },
): void {
  const [modelDomain = ''] = domainsOf(tree);
  const folder = `libs/${layer}-${domain}`;
  const text = readText(tree, `libs/${layer}-${modelDomain}/package.json`).replaceAll(`-${modelDomain}`, `-${domain}`);
  const model = parseJson<PackageManifest>(text.replaceAll(`:${modelDomain}"`, `:${domain}"`));
  const version = '0.1.0';
  const sources = tree.listChanges().filter(({ path }) => path.startsWith(`${folder}/src/`));
  const isImported = (name: string) => sources.some(({ content }) => String(content).includes(`from '${name}`));
  const dependencies = Object.entries({
    ...model.dependencies,
    ...(layer === 'dao' && { [`@cnop/entities-${domain}`]: `^${version}` }),
  });

  writeJson(tree, `${folder}/package.json`, {
    ...model,
    ...{ version, description, keywords: ['cnop', 'dynamodb', layer, keyword] },
    dependencies: Object.fromEntries(dependencies.filter(([name]) => isImported(name))),
  });
}

/** What is left to do once the files are written: link new packages and dependencies, and fill the project references. */
export function linkPackages(tree: Tree): GeneratorCallback {
  return () => {
    installPackagesTask(tree, true);
    execFileSync(join(tree.root, 'node_modules/.bin/nx'), ['sync'], { cwd: tree.root, stdio: 'inherit' });
  };
}
