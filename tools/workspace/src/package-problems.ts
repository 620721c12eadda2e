/** What `npm pack --json` says of a package. */
export interface Packed {
  readonly name: string;
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** npm 11 prints a list, npm 12 a record by package name. */
export type PackOutput = readonly Packed[] | Readonly<Record<string, Packed>>;

/** What a consumer relies on in every tarball. */
const expected = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
/** All that belongs into one. */
const allowed = /^(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts|d\.ts\.map))$/;

/** The packages of what npm printed. */
export const packedByName = (output: PackOutput): ReadonlyMap<string, Packed> =>
  new Map(Object.values(output).map((packed) => [packed.name, packed]));

/** What is wrong with a library's tarball, as sentences. */
export function packageProblems({ files }: Packed, { license }: { readonly license?: string }): string[] {
  const paths = files.map(({ path }) => path);
  const missing = expected.filter((path) => !paths.includes(path));
  const foreign = paths.filter((path) => !allowed.test(path));

  return [
    ...missing.map((path) => `the tarball lacks ${path}`),
    ...foreign.map((path) => `the tarball must not hold ${path}`),
    ...(license === 'MIT' ? [] : ['the licence must be MIT']),
  ];
}
