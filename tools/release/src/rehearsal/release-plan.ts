/** What a rehearsal reads of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The package and all that depend on it, directly or through others; sorted. */
export function withDependents(name: string, manifests: readonly Manifest[]): string[] {
  const found = new Set([name]);

  for (const one of found) {
    for (const manifest of manifests) if (one in consumed(manifest)) found.add(manifest.name);
  }
  return [...found].sort();
}

/** The packages whose version differs, with the new one; sorted. */
export function newVersions(before: readonly Manifest[], after: readonly Manifest[]): [string, string][] {
  const old = new Map(before.map(({ name, version }) => [name, version]));

  return after
    .filter(({ name, version }) => old.get(name) !== version)
    .map(({ name, version }): [string, string] => [name, version])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is wrong with the ranges by which packages of the workspace ask for one another, as sentences. */
export function rangeProblems(manifests: readonly Manifest[]): string[] {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));

  return manifests.flatMap((manifest) =>
    Object.entries(consumed(manifest))
      .filter(([dependency, range]) => versions.has(dependency) && range !== `^${versions.get(dependency) ?? ''}`)
      .map(
        ([dependency, range]) =>
          `${manifest.name} asks for ${dependency} ${range}, and its version is ${versions.get(dependency) ?? ''}`,
      ),
  );
}

function consumed({
  dependencies,
  optionalDependencies,
  peerDependencies,
}: Manifest): Readonly<Record<string, string>> {
  return { ...dependencies, ...optionalDependencies, ...peerDependencies };
}
