import { checkHistories } from '../../src/history/check-histories.ts';

const look = (cash: bigint, invokedAt: number) => ({
  invokedAt,
  returnedAt: invokedAt + 1,
  event: { kind: 'reading', name: 'look 3', seen: { cash } } as const,
});
const start = new Map([['ada', { cash: 5n, asset: 0n }]]);

describe(checkHistories, () => {
  it('checks each history from what its account had at the start', () => {
    const histories = new Map([
      ['ada', [look(5n, 1), look(5n, 3)]],
      ['bob', [look(0n, 1)]],
    ]);

    expect(checkHistories(histories, start)).toMatchObject({
      violations: [],
      histories: 2,
      operations: 3,
      largest: 2,
      steps: 3,
    });
  });

  it('says of which account the history cannot have been, and where', () => {
    const { violations } = checkHistories(new Map([['ada', [look(5n, 1), look(6n, 3)]]]), start);

    expect(violations).toEqual([
      {
        rule: 'not linearizable',
        detail:
          'ada: 1 operations led to cash 5, asset 0, and none of these can come next: ' +
          'look 3 (reading {"seen":{"cash":6}} from 3 to 4)',
      },
    ]);
  });
});
