import type { CoverageMapData } from 'istanbul-lib-coverage';
import { judgeCoverage, lineCoverage } from '../../src/line-coverage.ts';

/** One file of four lines, with how often each was run. */
const ran = (...hits: readonly number[]): CoverageMapData => {
  const statements = hits.map((_hits, index) => {
    const line = index + 1;
    return [line, { start: { line, column: 0 }, end: { line, column: 1 } }] as const;
  });
  const path = '/lib/src/a.ts';

  return {
    [path]: {
      path,
      statementMap: Object.fromEntries(statements),
      s: Object.fromEntries(hits.map((count, index) => [index + 1, count])),
      fnMap: {},
      f: {},
      branchMap: {},
      b: {},
    },
  };
};

describe(lineCoverage, () => {
  it('counts a line that one of the runs covers', () => {
    expect(lineCoverage([ran(1, 0, 0, 0), ran(0, 0, 2, 0)])).toBe(50);
    expect(lineCoverage([ran(1, 1, 1, 1)])).toBe(100);
  });

  it('is unknown when nothing was measured', () => {
    expect(lineCoverage([])).toBeUndefined();
    expect(lineCoverage([{}])).toBeUndefined();
  });
});

describe(judgeCoverage, () => {
  it.each([
    [95, true, 'ok  utils                lines 95 %'],
    [94.99, false, 'LOW utils                lines 94.99 %'],
    [undefined, false, 'LOW utils                not measured'],
  ])('says of %p %%: %p', (percent, enough, line) => {
    expect(judgeCoverage('utils', percent, 95)).toEqual({ enough, line });
  });
});
