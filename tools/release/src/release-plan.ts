import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a rehearsal reads of a package.json, and the folder that it is in. */
export interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The manifests of the projects that a pattern finds, by folder. */
export const readManifests = (workspace: string, pattern: string): Manifest[] =>
  globSync(`${pattern}/package.json`, { cwd: workspace })
    .sort()
    .map((file) => {
      return { ...(JSON.parse(readFileSync(join(workspace, file), 'utf8')) as Manifest), folder: dirname(file) };
    });

/** What a consumer's npm follows: the names and ranges that a manifest declares, those for development left out. */
export const consumed = (manifest: Partial<Manifest>): Readonly<Record<string, string>> => ({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.peerDependencies,
});

/** The package and all that depend on it, directly or through others; sorted. */
export function withDependents(name: string, manifests: readonly Manifest[]): string[] {
  const found = new Set([name]);
  for (const one of found) {
    for (const manifest of manifests) if (one in consumed(manifest)) found.add(manifest.name);
  }

  return [...found].sort();
}

/** The packages whose version differs, sorted. */
export function renewed(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const old = new Map(before.map(({ name, version }) => [name, version]));

  return after
    .filter(({ name, version }) => old.get(name) !== version)
    .map(({ name }) => name)
    .sort();
}

/** A sentence for each range by which a package of the workspace does not ask for the present version of another. */
export function rangeProblems(manifests: readonly Manifest[]): string[] {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));

  return manifests.flatMap((manifest) =>
    Object.entries(consumed(manifest))
      .filter(([name, range]) => versions.has(name) && range !== `^${versions.get(name) ?? ''}`)
      .map(
        ([name, range]) => `${manifest.name} asks for ${name} ${range}, whose version is ${versions.get(name) ?? ''}.`,
      ),
  );
}
