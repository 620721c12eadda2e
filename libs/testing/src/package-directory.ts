import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The directory of an installed npm package, or `undefined` when it is not installed. */
export function packageDirectory(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
