import type { MatrixRun } from '../../src/matrix-run.ts';
import { createReport, type ReportFacts } from '../../src/report/matrix-report.ts';

/** A run of a deposit that nothing befell; save for what `overrides` names. */
export const makeRun = (overrides: Partial<MatrixRun> = {}): MatrixRun => ({
  row: 'deposit, keyed',
  circumstance: 'in passing',
  call: 0,
  target: '',
  fault: 'none',
  outcome: 'ok',
  problems: [],
  username: 'w000001',
  ...overrides,
});

/** The report of one such run, of one row; save for what `overrides` names. */
export const makeReport = (overrides: Partial<ReportFacts> = {}) =>
  createReport({
    backend: 'embedded',
    seed: 7,
    rows: [{ name: 'deposit, keyed', method: 'BalanceDao.createTransaction' }],
    runs: [makeRun()],
    stray: [],
    ...overrides,
  });
