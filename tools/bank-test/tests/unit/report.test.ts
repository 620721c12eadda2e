import { printReport } from '../../src/report/print-report.ts';
import { sumRounds } from '../../src/report/sum-rounds.ts';
import type { RoundResult } from '../../src/rounds/round-result.ts';
import { sumMoves } from '../../src/rounds/sum-moves.ts';

const usd = (owner: string, amountMinor: bigint) => ({ owner, code: 'USD', amountMinor });
const round: RoundResult = {
  operations: 10,
  outcomes: { acknowledged: 9, unknown: 1 },
  inDoubt: 1,
  replaced: 2,
  committed: 8,
  moves: [usd('ada', 500n)],
  balances: [usd('ada', 500n)],
  lateEffects: {},
  snapshots: 3,
  histories: { violations: [], histories: 2, operations: 11, largest: 6, steps: 12, durationMs: 4 },
  violations: [],
  actingMs: 100,
  ledgerMs: 10,
};
const facts = { seed: 3, backend: 'embedded (here)', clients: 4, accounts: 2, totalMs: 2_000 };
const counts = [{ calls: 100, faults: new Map([['conflict', 10]]) }];

describe(sumRounds, () => {
  it('adds up the rounds; what is in the accounts is what the last round of each book has left', () => {
    const second = {
      ...round,
      moves: [usd('ada', -100n), usd('bob', 1n)],
      balances: [usd('ada', 400n), usd('bob', 1n)],
      lateEffects: { withdraw: 1 },
    };

    const report = sumRounds(
      [
        { rounds: [round, second], counts },
        { rounds: [round], counts },
      ],
      facts,
    );

    expect(report).toMatchObject({
      rounds: 3,
      operations: 30,
      outcomes: { acknowledged: 27, unknown: 3 },
      requests: 200,
      faults: { conflict: 20 },
      totals: { USD: { found: '9.01', moved: '9.01' }, GOLD: { found: '0.000', moved: '0.000' } },
      lateEffects: { withdraw: 1 },
      histories: { checked: 6, operations: 33, largest: 6, steps: 36 },
      broken: [],
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe(printReport, () => {
  it('ends with the verdict', () => {
    const text = printReport(sumRounds([{ rounds: [round], counts }], facts));

    expect(text).toMatch(
      /^seed 3 on embedded \(here\)\n10 operations by 4 clients on 2 accounts in 1 rounds, 2\.0 s\n/,
    );
    expect(text).toContain('10.0 % of 100 requests: conflict 10\n');
    expect(text).toContain('8 committed operations; USD 5.00 in the accounts, 5.00 by the operations;');
    expect(text).toContain('2 of 11 operations, the largest of 6; 12 states in 4 ms');
    expect(text).toMatch(/\n0 broken invariants$/);
  });

  it('shows what is broken, with its round, and how much more there is', () => {
    const violations = Array.from({ length: 21 }, (_, at) => ({ rule: 'total differs', detail: `by ${at}` }) as const);

    const text = printReport(sumRounds([{ rounds: [round, { ...round, violations }], counts }], facts));

    expect(text).toMatch(/^round 2: total differs: by 0\n/);
    expect(text).toContain('\nand 1 more\n');
    expect(text).toMatch(/\n21 broken invariants$/);
  });
});

describe(sumMoves, () => {
  it('makes one of all moves of an account and code', () => {
    const gold = { owner: 'ada', code: 'GOLD', amountMinor: 7n };

    expect(sumMoves([usd('ada', 5n), gold, usd('bob', 1n), usd('ada', -2n)])).toEqual([
      usd('ada', 3n),
      gold,
      usd('bob', 1n),
    ]);
  });
});
