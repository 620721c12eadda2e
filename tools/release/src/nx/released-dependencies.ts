/** The parts of a package.json that a consumer's npm follows. */
export interface ReleasedManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * The edges of the project graph that a consumer meets: those that the manifest declares.
 *
 * What only tests import is an edge of the graph too, because a change of it runs those tests. It must not release the package.
 *
 * @param packageNameOf - the npm name of an edge's target.
 */
export function releasedDependencies<TEdge extends { readonly target: string }>(
  edges: readonly TEdge[],
  manifest: ReleasedManifest,
  packageNameOf: (target: string) => string,
): TEdge[] {
  const declared = new Set(
    [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies].flatMap((group) =>
      Object.keys(group ?? {}),
    ),
  );

  return edges.filter(({ target }) => declared.has(packageNameOf(target)));
}
