import { budgetOf, packageProblems } from '../../src/package-problems.ts';

const complete = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
const packed = (paths: readonly string[], size = 1) => ({
  name: '@cnop/unknown',
  filename: 'cnop-unknown-0.1.0.tgz',
  size,
  files: paths.map((path) => ({ path })),
});
const mit = { license: 'MIT' };

describe(packageProblems, () => {
  it('finds none in a complete tarball', () => {
    expect(packageProblems(packed([...complete, 'dist/table/index.js', 'dist/table/index.d.ts']), mit)).toEqual([]);
  });

  it('names what is missing', () => {
    expect(packageProblems(packed(complete.slice(1)), mit)).toEqual(['the tarball lacks LICENSE']);
  });

  it.each([
    'src/index.ts',
    'tests/unit/a.test.ts',
    'dist/tsconfig.lib.tsbuildinfo',
    'dist/index.d.ts.map',
    '.env',
    'dist/key.pem',
  ])('names %s, which must not be published', (path) => {
    expect(packageProblems(packed([...complete, path]), mit)).toEqual([`the tarball must not hold ${path}`]);
  });

  it.each([{}, { license: 'UNLICENSED' }])('asks for the licence instead of %p', (manifest) => {
    expect(packageProblems(packed(complete), manifest)).toEqual(['the licence must be MIT']);
  });

  it('accepts a tarball of the budget, which a new library has too, and refuses a byte more', () => {
    const budget = budgetOf('@cnop/unknown') * 1024;

    expect(packageProblems(packed(complete, budget), mit)).toEqual([]);
    expect(packageProblems(packed(complete, budget + 1), mit)).toEqual([
      expect.stringMatching(/^it weighs .* is 30 KB/),
    ]);
  });
});
