/** What the matrix is to cover, and what it does. */
export interface Coverage {
  /** Everything public that can be called in the libraries. */
  readonly names: readonly string[];
  /** What writes nothing by itself. */
  readonly harmless: ReadonlySet<string>;
  /** The methods that have a row. */
  readonly covered: ReadonlySet<string>;
}

/** What keeps the matrix from covering every writing method there is. */
export function coverageProblems({ names, harmless, covered }: Coverage): string[] {
  const present = new Set(names);

  return [
    ...names
      .filter((name) => !harmless.has(name) && !covered.has(name))
      .map((name) => `${name} has no row, and is not listed as harmless`),
    ...names
      .filter((name) => harmless.has(name) && covered.has(name))
      .map((name) => `${name} has a row, and is listed as harmless`),
    ...[...harmless].filter((name) => !present.has(name)).map((name) => `${name} is listed as harmless, and is not there`),
    ...[...covered].filter((name) => !present.has(name)).map((name) => `${name} has a row, and is not there`),
  ];
}

/** The libraries of these that the matrix knows nothing of. */
export const unknownLibraries = (existing: readonly string[], known: readonly string[]): string[] =>
  existing.filter((name) => !known.includes(name)).map((name) => `libs/${name} is not among the libraries of the matrix`);
