import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The names of the libraries of some layers, in a directory of libraries: one that is added is found without being named anywhere. */
export const librariesOfLayers = (directory: string, layers: readonly string[]): string[] =>
  globSync('*/package.json', { cwd: directory })
    .filter((file) => {
      const { nx } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as { nx?: { tags?: string[] } };
      return layers.some((layer) => nx?.tags?.includes(`layer:${layer}`));
    })
    .map((file) => basename(dirname(file)))
    .sort();
