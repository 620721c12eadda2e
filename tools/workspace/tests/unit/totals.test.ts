import { reportTotals, sumTotals } from '../../src/totals.ts';

const run = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped });

describe(sumTotals, () => {
  it('adds each count', () => {
    expect(sumTotals([run(1, 2, 3), run(10, 20, 30)])).toEqual(run(11, 22, 33));
    expect(sumTotals([])).toEqual(run(0));
  });
});

describe(reportTotals, () => {
  it('ends with the plain sum', () => {
    expect(reportTotals({ unit: run(5, 0, 1), 'integration-docker': run(3) })).toEqual({
      lines: [
        'unit: 5 passed, 0 failed, 1 skipped',
        'integration-docker: 3 passed, 0 failed, 0 skipped',
        '8 passed, 0 failed',
      ],
      ok: true,
    });
  });

  it.each([
    ['a test failed', { unit: run(5, 1) }],
    ['a run had no test', { unit: run(5), integration: run(0) }],
    ['nothing was recorded', {}],
  ])('is not ok when %s', (_title, runs) => {
    expect(reportTotals(runs).ok).toBe(false);
  });

  it('takes a run without a test where a change need not reach any', () => {
    expect(reportTotals({ unit: run(0) }, true).ok).toBe(true);
    expect(reportTotals({ unit: run(0, 1) }, true).ok).toBe(false);
  });
});
