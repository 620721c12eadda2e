import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { librariesOfLayers } from '@cnop/workspace';

type Exported = Readonly<Record<string, unknown>>;

const libraries = join(__dirname, '../../../../libs');

/**
 * What each library of a layer exports, or an entry point of each that has it: one that is added is found without being named
 * anywhere.
 */
export const librariesOf = (layer: string, entry = ''): (readonly [name: string, exported: Exported])[] =>
  librariesOfLayers(libraries, [layer])
    .filter((name) => `.${entry}` in exportsOf(name))
    .map((name) => [name, jest.requireActual<Exported>(`@cnop/${name}${entry}`)]);

function exportsOf(name: string): object {
  return (JSON.parse(readFileSync(join(libraries, name, 'package.json'), 'utf8')) as { readonly exports: object })
    .exports;
}
