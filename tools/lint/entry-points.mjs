import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const scope = '@cnop/';

/** Every specifier by which a package may be imported, without the scope: `dao-user`, `entities-user/table`. */
function entryPoints(workspaceRoot) {
  return ['libs', 'apps', 'tools'].flatMap((folder) =>
    readdirSync(join(workspaceRoot, folder)).flatMap((name) => entryPointsOf(join(workspaceRoot, folder, name))),
  );
}

function entryPointsOf(directory) {
  const manifest = readManifest(directory);
  if (!manifest?.name.startsWith(scope)) return [];

  const name = manifest.name.slice(scope.length);
  return Object.keys(manifest.exports ?? { '.': '' }).map((path) => `${name}${path.slice(1)}`);
}

/** Not every folder of tools is a package. */
function readManifest(directory) {
  try {
    return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** Matches an import of the workspace's own packages that goes past their `exports`. */
export function pastExports(workspaceRoot) {
  return `^${escaped(scope)}(?!(${entryPoints(workspaceRoot).map(escaped).join('|')})$)`;
}

/** Matches an import of what is made for tests: the testing package, and the `testing` entry point or folder of another. */
export const madeForTests = String.raw`^${escaped(scope)}(testing|[^\/]+\/testing)$|^\.{1,2}\/(.*\/)?testing\/`;
