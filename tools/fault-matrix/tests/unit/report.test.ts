import { printReport, type MatrixReport } from '../../src/report.ts';

const lost = {
  row: 'deposit',
  mode: 'at each call',
  call: 1,
  target: 'PutItem',
  fault: 'lost response (timeout)',
  outcome: 'unknown→refused',
};
const shown =
  'BROKEN deposit: lost response (timeout) at call 1 (PutItem), at each call\n  failed: the call failed\n  and more\n';

describe(printReport, () => {
  it('shows how many runs came to which outcome by fault, the first of the broken runs, and counts all that is wrong', () => {
    const broken = Array.from({ length: 6 }, () => ({ ...lost, problems: ['failed: the call failed\nand more'] }));
    const runs = [...broken, { ...lost, problems: [] }];
    const uncovered = ['OrderDao.amend has no row'];
    const report = { backend: 'embedded', seed: 7, rows: [{ name: 'deposit', method: 'create' }], stray: [] };

    const text = printReport({ ...report, runs, uncovered } as unknown as MatrixReport, 0);

    expect(text).toMatch(/│ deposit │ +│ +│ 6 BROKEN +│/);
    expect(text).toContain('│ 1 ?→no ');
    expect(text).toContain(`\n${shown.repeat(4)}OrderDao.amend has no row\n`);
    expect(text).toMatch(/\n7 broken$/);
  });
});
