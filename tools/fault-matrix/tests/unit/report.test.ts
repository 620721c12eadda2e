import type { MatrixRun } from '../../src/explore-row.ts';
import { printReport, type MatrixReport } from '../../src/report.ts';

const run = {
  row: 'deposit',
  mode: 'at each call',
  call: 0,
  target: '',
  fault: 'none',
  outcome: 'ok',
  username: 'w000001',
};
const lost = { ...run, call: 1, target: 'PutItem', fault: 'lost response (timeout)', outcome: 'unknown→refused' };
const reportOf = (runs: readonly Partial<MatrixRun>[], uncovered: readonly string[] = []) =>
  ({
    backend: 'embedded',
    seed: 7,
    rows: [{ name: 'deposit', method: 'create' }],
    runs,
    stray: [],
    uncovered,
  }) as unknown as MatrixReport;

describe(printReport, () => {
  it('shows how many runs came to which outcome by fault, the first of the broken runs, and counts all that is wrong', () => {
    const runs = Array.from({ length: 6 }, () => ({ ...lost, problems: ['failed: the call failed\nand more'] }));
    const text = printReport(reportOf([...runs, { ...lost, problems: [] }], ['OrderDao.amend has no row']), 0);

    const shown =
      'BROKEN deposit: lost response (timeout) at call 1 (PutItem), at each call\n  failed: the call failed\n  and more\n';
    expect(text).toMatch(/│ deposit │ +│ +│ 6 BROKEN +│/);
    expect(text).toContain('│ 1 ?→no ');
    expect(text).toContain(`\n${shown.repeat(4)}OrderDao.amend has no row\n`);
    expect(text).toMatch(/\n7 broken$/);
  });
});
