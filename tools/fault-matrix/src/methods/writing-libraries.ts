import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly nx?: { readonly tags?: readonly string[] };
}

const layers = ['layer:dao', 'layer:flow'];

/** The names of the libraries in a directory that a service can write with: those of the layers dao and flow. */
export function writingLibraries(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'package.json')))
    .filter((name) => {
      const manifest = JSON.parse(readFileSync(join(directory, name, 'package.json'), 'utf8')) as Manifest;
      return manifest.nx?.tags?.some((tag) => layers.includes(tag)) === true;
    });
}
