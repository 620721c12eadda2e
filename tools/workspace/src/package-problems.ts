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
/** All that a tarball may hold. */
const allowed = /^(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts))$/;

/** What a library may weigh as a tarball, in kilobytes of 1024 bytes; what is larger has a reason to be. */
const defaultBudget = 30;
const budgets: Readonly<Record<string, number>> = {
  'aws-sts': 16,
  'dao-inventory': 16,
  'dao-ledger': 28,
  'dao-order': 24,
  'dao-user': 40,
  'database-core': 44,
  'entities-fx': 8,
  'entities-inventory': 22,
  'entities-ledger': 30,
  'entities-order': 54,
  'entities-user': 19,
  exceptions: 17,
  'flow-order': 72,
  health: 12,
  'ledger-audit': 52,
  middleware: 56,
  portfolio: 8,
  'stored-items': 10,
  'stream-records': 30,
  testing: 58,
  utils: 20,
  validation: 15,
};

/** The budget of a library, by the name of its package. */
export const budgetOf = (name: string): number => budgets[name.replace('@cnop/', '')] ?? defaultBudget;

/** What is wrong with a library's tarball, as sentences. */
export function packageProblems({ name, size, files }: Packed, { license }: { readonly license?: string }): string[] {
  const paths = files.map(({ path }) => path);
  const kilobytes = size / 1024;

  return [
    ...expected.filter((path) => !paths.includes(path)).map((path) => `the tarball lacks ${path}`),
    ...paths.filter((path) => !allowed.test(path)).map((path) => `the tarball must not hold ${path}`),
    ...(license === 'MIT' ? [] : ['the licence must be MIT']),
    ...(kilobytes <= budgetOf(name)
      ? []
      : [
          `it weighs ${kilobytes.toFixed(1)} KB, and its budget is ${budgetOf(name)} KB (tools/workspace/src/package-problems.ts)`,
        ]),
  ];
}
