import { sizeBudgetOf, sizeProblems } from '../../src/size-budget.ts';

describe(sizeProblems, () => {
  it('accepts a tarball of the budget and refuses a byte more', () => {
    const budget = sizeBudgetOf('utils') * 1024;

    expect(sizeProblems('utils', budget)).toEqual([]);
    expect(sizeProblems('utils', budget + 1)).toEqual([expect.stringMatching(/^it weighs .+ KB, and its budget is/)]);
  });

  it('has a budget for a library that is new', () => {
    expect(sizeBudgetOf('unheard-of')).toBe(30);
  });
});
