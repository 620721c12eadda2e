import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The names of the libraries of some layers, in a directory of libraries: one that is added is found without being named anywhere.
 *
 * @param entry - an entry point that they must have, such as `./table`. Default: the main one.
 */
export const librariesOfLayers = (directory: string, layers: readonly string[], entry = '.'): string[] =>
  globSync('*/package.json', { cwd: directory })
    .filter((file) => {
      const { nx, exports = {} } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
        readonly nx?: { readonly tags?: readonly string[] };
        readonly exports?: object;
      };
      return entry in exports && layers.some((layer) => nx?.tags?.includes(`layer:${layer}`));
    })
    .map((file) => basename(dirname(file)))
    .sort();

/** What a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/**
 * Imports every library of some layers, or one entry point of each that has it.
 *
 * @param entry - such as `table` for `@cnop/entities-order/table`; the main entry point by default.
 * @returns the exports of each, by the name of the library.
 */
export async function importLibraries(
  layers: readonly string[],
  entry?: string,
): Promise<Readonly<Record<string, ModuleExports>>> {
  const path = entry === undefined ? '' : `/${entry}`;
  const names = librariesOfLayers(fileURLToPath(new URL('../../../libs', import.meta.url)), layers, `.${path}`);
  const modules = names.map(async (name) => [name, (await import(`@cnop/${name}${path}`)) as ModuleExports] as const);

  return Object.fromEntries(await Promise.all(modules));
}
