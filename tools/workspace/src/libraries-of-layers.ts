import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly nx?: { readonly tags?: readonly string[] };
}

/** The names of the libraries of some layers, in a directory of libraries: one that is added is found without being named anywhere. */
export function librariesOfLayers(directory: string, layers: readonly string[]): string[] {
  const tags = layers.map((layer) => `layer:${layer}`);

  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'package.json')))
    .filter((name) => {
      const manifest = JSON.parse(readFileSync(join(directory, name, 'package.json'), 'utf8')) as Manifest;
      return manifest.nx?.tags?.some((tag) => tags.includes(tag)) === true;
    })
    .sort();
}
