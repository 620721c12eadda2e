import type { Outcome } from '@cnop/simulation';
import { accountHistories } from '../../src/history/account-histories.ts';
import { makeAttempt, makeRecord } from '../support/make-record.ts';

const acknowledged = (replayed = false): Outcome => ({
  kind: 'acknowledged',
  acknowledgement: { id: 'entry-1', moves: [], replayed },
});
const unknown: Outcome = { kind: 'unknown' };
const refused: Outcome = {
  kind: 'refused',
  code: 'BALANCE_INSUFFICIENT',
  details: { code: 'USD', available: '0.01', required: '0.05' },
};
const withdrawal = {
  step: { kind: 'withdraw', id: 8, account: 0, amountMinor: 5 },
  change: { cash: -5n, asset: 0n },
} as const;
const entriesOf = (...records: Parameters<typeof accountHistories>[0]) => accountHistories(records, []).get('user-0');

describe(accountHistories, () => {
  it('takes a success for an effect between its call and its return', () => {
    const record = makeRecord([makeAttempt(acknowledged(), { calledAt: 3, endedAt: 9, changedAt: [6] })]);

    expect(entriesOf(record)).toEqual([
      {
        invokedAt: 3,
        returnedAt: 9,
        likelyAt: 6,
        event: { kind: 'change', name: 'deposit 7', change: record.change, replayed: false },
      },
    ]);
  });

  it('takes several calls under one key for one effect, of which the last may be the repeat of another', () => {
    const record = makeRecord([
      makeAttempt(unknown, { calledAt: 3, endedAt: 5 }),
      makeAttempt(acknowledged(true), { calledAt: 7, endedAt: 9 }),
      makeAttempt(acknowledged(true), { calledAt: 12, endedAt: 15 }),
    ]);

    expect(entriesOf(record)).toEqual([
      expect.objectContaining({
        invokedAt: 3,
        returnedAt: 9,
        likelyAt: 9,
        event: expect.objectContaining({ kind: 'change', replayed: undefined }) as object,
      }),
    ]);
  });

  it('takes a refusal for a look at what there is', () => {
    const record = makeRecord([makeAttempt(refused, { calledAt: 3, endedAt: 9, writeAnsweredAt: 5 })], withdrawal);

    expect(entriesOf(record)).toEqual([
      {
        invokedAt: 3,
        returnedAt: 9,
        likelyAt: 5,
        event: { kind: 'refusal', name: 'withdraw 8', lacking: 'cash', requiredMinor: 5n, availableMinor: 1n },
      },
    ]);
  });

  it('leaves open what becomes of a call of unknown outcome that a later one was refused for', () => {
    const record = makeRecord(
      [
        makeAttempt({ kind: 'crashed' }, { calledAt: 3, endedAt: 5 }),
        makeAttempt(refused, { calledAt: 6, endedAt: 9 }),
      ],
      withdrawal,
    );

    expect(entriesOf(record)).toEqual([
      expect.objectContaining({ invokedAt: 3, event: expect.objectContaining({ kind: 'change' }) as object }),
      expect.objectContaining({
        invokedAt: 3,
        returnedAt: 9,
        event: expect.objectContaining({ kind: 'refusal' }) as object,
      }),
    ]);
    expect(entriesOf(record)![0]).not.toHaveProperty('returnedAt');
  });

  it('leaves out what failed for certain', () => {
    expect(entriesOf(makeRecord([makeAttempt({ kind: 'failed', code: 'THROTTLED' })]))).toEqual([]);
  });

  it('numbers the orders that are refunded', () => {
    const refundOf = (orderId: string) => makeRecord([makeAttempt(acknowledged())], { refundOf: orderId });

    const events = entriesOf(refundOf('a'), refundOf('b'), refundOf('a'))!.map(({ event }) => event);

    expect(events).toMatchObject([
      { kind: 'refund', order: 0 },
      { kind: 'refund', order: 1 },
      { kind: 'refund', order: 0 },
    ]);
  });

  it('takes what a look has shown at its last call', () => {
    const seen = { cash: 5n };
    const look = {
      step: { kind: 'look', id: 9, account: 0 },
      change: undefined,
      seen: () => seen,
    } as unknown as Parameters<typeof makeRecord>[1];
    const failed = makeAttempt({ kind: 'failed', code: 'THROTTLED' }, { calledAt: 1, endedAt: 2 });
    const shown = makeAttempt({ kind: 'acknowledged' }, { calledAt: 3, endedAt: 9, answeredAt: 5 });

    expect(entriesOf(makeRecord([failed, shown], look))).toEqual([
      { invokedAt: 3, returnedAt: 9, likelyAt: 5, event: { kind: 'reading', name: 'look 9', seen } },
    ]);
    expect(entriesOf(makeRecord([failed], look))).toEqual([]);
  });

  it('gives each account what others have seen of it', () => {
    const event = { kind: 'reading', name: 'snapshot', seen: { cash: 1n } } as const;

    const histories = accountHistories([], [{ owner: 'user-1', invokedAt: 1, returnedAt: 2, event }]);

    expect([...histories]).toEqual([['user-1', [{ invokedAt: 1, returnedAt: 2, event }]]]);
  });
});
