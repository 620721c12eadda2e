import { packageProblems, packedByName } from '../../src/package-problems.ts';

const packed = (...paths: readonly string[]) => ({
  name: '@cnop/x',
  filename: 'cnop-x-0.1.0.tgz',
  size: 1,
  files: paths.map((path) => ({ path })),
});
const complete = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
const mit = { license: 'MIT' };

describe(packageProblems, () => {
  it('finds none in a complete tarball', () => {
    expect(packageProblems(packed(...complete, 'dist/table/index.js', 'dist/index.d.ts.map'), mit)).toEqual([]);
  });

  it('names what is missing', () => {
    expect(packageProblems(packed(...complete.slice(1)), mit)).toEqual(['the tarball lacks LICENSE']);
  });

  it.each(['src/index.ts', 'tests/unit/a.test.ts', 'dist/tsconfig.lib.tsbuildinfo', '.env', 'dist/key.pem'])(
    'names %s, which must not be published',
    (path) => {
      expect(packageProblems(packed(...complete, path), mit)).toEqual([`the tarball must not hold ${path}`]);
    },
  );

  it.each([{}, { license: 'UNLICENSED' }])('asks for the licence instead of %p', (manifest) => {
    expect(packageProblems(packed(...complete), manifest)).toEqual(['the licence must be MIT']);
  });
});

describe(packedByName, () => {
  it('reads the list of npm 11 and the record of npm 12', () => {
    const other = { ...packed(), name: '@cnop/y' };

    const byName = new Map([
      ['@cnop/x', packed()],
      ['@cnop/y', other],
    ]);
    expect(packedByName([packed(), other])).toEqual(byName);
    expect(packedByName({ '@cnop/x': packed(), '@cnop/y': other })).toEqual(byName);
  });
});
