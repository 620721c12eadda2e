import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const scope = '@cnop/';

/** The packages of the workspace; not every folder of tools is one. */
const manifestsOf = (workspaceRoot) =>
  globSync('{libs,apps,tools}/*/package.json', { cwd: workspaceRoot }).map((file) =>
    JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8')),
  );

/** The domains that the packages are tagged with: `order`, `shared`. */
export const domainsOf = (workspaceRoot) => [
  ...new Set(manifestsOf(workspaceRoot).flatMap(({ nx }) => nx.tags.flatMap((tag) => tag.split('domain:')[1] ?? []))),
];

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** Matches an import of the workspace's own packages that goes past their `exports`. */
export function pastExports(workspaceRoot) {
  const entryPoints = manifestsOf(workspaceRoot).flatMap(({ name, exports }) =>
    Object.keys(exports ?? { '.': '' }).map((path) => name.slice(scope.length) + path.slice(1)),
  );

  return `^${escaped(scope)}(?!(${entryPoints.map(escaped).join('|')})$)`;
}

/** Matches an import of what is made for tests: the testing package, and the `testing` entry point or folder of another. */
export const madeForTests = String.raw`^${escaped(scope)}(testing|[^\/]+\/testing)$|^\.{1,2}\/(.*\/)?testing\/`;
