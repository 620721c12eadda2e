import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly nx?: { readonly tags?: readonly string[] };
}

/** The names of the libraries of a layer, in a directory of libraries: one that is added is found without being named anywhere. */
export function librariesOfLayer(directory: string, layer: string): string[] {
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'package.json')))
    .filter((name) => {
      const manifest = JSON.parse(readFileSync(join(directory, name, 'package.json'), 'utf8')) as Manifest;
      return manifest.nx?.tags?.includes(`layer:${layer}`) === true;
    })
    .sort();
}
