import { inOrderOf, isSound, joinReports } from '../../src/report/matrix-report.ts';
import { printReport } from '../../src/report/print-report.ts';
import { makeReport, makeRun } from '../support/make-report.ts';

const lost = { call: 1, target: 'TransactWriteItems', fault: 'lost response (timeout)' };
const broken = makeRun({ ...lost, outcome: 'BROKEN: …', problems: ['failed→ok: the call failed\nand more'] });
const stray = { rule: 'balance-without-postings', owner: 'mallory', items: [] } as never;

describe('the report', () => {
  it('counts the runs of a row by fault and outcome', () => {
    const { rows } = makeReport({
      runs: [makeRun(), makeRun(lost), makeRun(lost), makeRun({ ...lost, outcome: 'unknown→ok' }), broken],
    });

    expect(rows).toEqual([
      {
        name: 'deposit, keyed',
        method: 'BalanceDao.createTransaction',
        runs: 5,
        cells: { none: { ok: 1 }, 'lost after': { ok: 2, 'unknown→ok': 1, BROKEN: 1 } },
      },
    ]);
  });

  it('is sound when nothing at all is wrong', () => {
    expect(isSound(makeReport())).toBe(true);
    expect(isSound(makeReport({ runs: [broken] }))).toBe(false);
    expect(isSound(makeReport({ stray: [stray] }))).toBe(false);
    expect(isSound({ ...makeReport(), uncovered: ['OrderDao.amendOrder has no row'] })).toBe(false);
  });

  it('joins parts, in the order of the rows', () => {
    const rows = [{ name: 'withdraw, keyed', method: 'BalanceDao.createTransaction' }] as const;
    const other = makeReport({ rows, runs: [makeRun({ row: 'withdraw, keyed' })], stray: [stray] });

    const joined = joinReports([other, makeReport({ runs: [broken] })]);

    expect(joined).toMatchObject({ broken: [broken], stray: [expect.stringContaining('mallory')], seed: 7 });
    expect(inOrderOf([{ name: 'deposit, keyed' }, rows[0]], joined).rows.map(({ name }) => name)).toEqual([
      'deposit, keyed',
      'withdraw, keyed',
    ]);
    expect(() => joinReports([])).toThrow(RangeError);
  });
});

describe(printReport, () => {
  it('shows a table, a legend and a verdict', () => {
    const runs = [
      makeRun(),
      makeRun({ ...lost, outcome: 'unknown→refused' }),
      makeRun({ ...lost, outcome: 'crash→ok' }),
    ];

    const text = printReport(makeReport({ runs }), 2_000);

    expect(text).toMatch(/^┌.*\n│ flow +│ none │ lost before │ lost after │/);
    expect(text).toMatch(/\n│ deposit, keyed │ 1 ok │ +│ 1 †→ok +│/);
    expect(text).toMatch(/\n│ +│ +│ +│ 1 \?→no +│/);
    expect(text).toContain('\n1 flows over 1 methods, 3 runs in 2.0 s on embedded DynamoDB, seed 7\n');
    expect(text).toMatch(/\n0 broken$/);
  });

  it('shows what is broken and the command that runs it again', () => {
    const undisturbed = makeRun({ problems: ['The row never calls OrderDao.createOrder.'] });

    const text = printReport(makeReport({ runs: [broken, undisturbed], stray: [stray] }), 2_000);

    expect(text).toContain('│ 1 BROKEN');
    expect(text).toContain(
      [
        'BROKEN deposit, keyed: lost response (timeout) at call 1 (TransactWriteItems), in passing',
        '  failed→ok: the call failed',
        '  and more',
        "  again: npm run fault-matrix -- --only 'deposit, keyed' --seed 7",
        'BROKEN deposit, keyed: undisturbed, in passing',
        '  The row never calls OrderDao.createOrder.',
      ].join('\n'),
    );
    expect(text).toContain('\nthe ledger is broken: balance-without-postings mallory\n');
    expect(text).toMatch(/\n3 broken$/);
  });

  it('shows the first few of many broken runs', () => {
    const text = printReport(makeReport({ runs: Array.from({ length: 6 }, () => broken) }), 2_000);

    expect(text).toContain('\nBROKEN deposit, keyed: 2 more, see --json\n');
  });
});
