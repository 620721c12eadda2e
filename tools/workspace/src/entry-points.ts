/** What of a package.json says what a package makes public. */
export interface ExportingManifest {
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** One way to import a package. */
export interface EntryPoint {
  /** As in `exports`: `.`, `./table`. */
  readonly path: string;
  /** The file of its declarations, within the package. */
  readonly declarations: string;
  /** The file that its public API is written down in. */
  readonly report: string;
}

/** The entry points of a package that have declarations. */
export function declarationsOf({ exports = {} }: ExportingManifest): EntryPoint[] {
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === 'string' || target.types === undefined) return [];
    const name = path === '.' ? 'index' : path.slice(2).replaceAll('/', '-');

    return [{ path, declarations: target.types, report: `${name}.api.md` }];
  });
}
