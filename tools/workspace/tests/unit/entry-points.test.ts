import { declarationsOf } from '../../src/entry-points.ts';

describe(declarationsOf, () => {
  it('finds every entry point that has declarations, each with a report of its own', () => {
    const exports = {
      './package.json': './package.json',
      '.': { types: './dist/index.d.ts' },
      './table/keys': { types: './dist/table/keys.d.ts' },
      './data': {},
    };

    expect(declarationsOf({ exports })).toEqual([
      { path: '.', declarations: './dist/index.d.ts', report: 'index.api.md' },
      { path: './table/keys', declarations: './dist/table/keys.d.ts', report: 'table-keys.api.md' },
    ]);
  });

  it('finds none in a package that exports nothing', () => {
    expect(declarationsOf({})).toEqual([]);
  });
});
