import type { MutantCoverage } from '@stryker-mutator/api/core';
import { hooksId, shareHookCoverage } from '../../../src/runner/mutant-coverage.ts';

describe(shareHookCoverage, () => {
  it('counts what hooks have reached as reached by each test of the file', () => {
    const coverage: MutantCoverage = {
      static: { 1: 1 },
      perTest: { [hooksId('a.test.ts')]: { 2: 5 }, 'a: one': { 3: 1 }, 'b: other': { 3: 2 } },
    };

    shareHookCoverage(coverage, 'a.test.ts', ['a: one', 'a: two']);

    expect(coverage).toEqual({
      static: { 1: 1 },
      perTest: { 'a: one': { 2: 5, 3: 1 }, 'a: two': { 2: 5 }, 'b: other': { 3: 2 } },
    });
  });
});
