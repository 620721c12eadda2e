import type { StepRecord } from '../../src/client/attempt.ts';
import { checkEffects } from '../../src/judge/check-effects.ts';
import { unclaimedEffects, wrongOrders } from '../../src/judge/unclaimed-effects.ts';
import type { RestingTables } from '../../src/workload/operation.ts';
import { acknowledged, makeRecord } from '../support/make-record.ts';

const posting = (code: string, bucket: string, amountMinor: bigint) => ({ code, bucket, amountMinor });
const entry = (transactionId: string, createdAt: string, ...postings: readonly object[]) => ({
  ...{ transactionId, createdAt, postings, owner: 'user-0', status: 'COMPLETED', transactionType: 'ORDER_PAYMENT' },
});

/** A sale of 2 at 3.00 less its fee: a hold, then a fill; another order still holds 1. */
const tables = {
  ...{ users: [], balances: new Map([['user-0', { cash: 598n, asset: 7_000n }]]) },
  entries: [
    entry('hold', '2030-01-01T00:00:01.000Z', posting('GOLD', 'available', -2_000n), posting('GOLD', 'held', 2_000n)),
    entry('fill', '2030-01-01T00:00:02.000Z', posting('GOLD', 'held', -2_000n), posting('USD', 'available', 598n)),
    entry('open', '2030-01-01T00:00:03.000Z', posting('GOLD', 'available', -1_000n), posting('GOLD', 'held', 1_000n)),
    entry('stray', '2030-01-01T00:00:04.000Z', posting('USD', 'available', 1n)),
  ],
  orders: [
    {
      ...{ orderId: 'one', orderType: 'STOP_LOSS_SELL', holdTransactionId: 'hold', heldMinor: 0n },
      fills: [{ transactionId: 'fill', quantityMinor: 2_000n, priceMinor: 300n }],
    },
    {
      ...{ orderId: 'two', orderType: 'STOP_LOSS_SELL', holdTransactionId: 'open', heldMinor: 1_000n },
      fills: [],
    },
  ],
} as unknown as RestingTables;

const held = { id: 'hold', change: { cash: 0n, asset: -2_000n } };
const placing = makeRecord(
  [{ outcome: { ...acknowledged(held.change), acknowledgement: { ...held, replayed: false } } as never }],
  { name: 'wait', found: [held] },
);
const timeline = { before: (at: string) => Date.parse(at) - Date.UTC(2030, 0, 1), tick: () => 9_000 };
const unclaimed = (before: readonly string[] = []): StepRecord[] =>
  unclaimedEffects([placing], tables, { before: new Set(before), timeline });

describe(unclaimedEffects, () => {
  it('takes what orders name and no client has claimed, from the time on that the entry names', () => {
    const [fill, open, ...others] = unclaimed();

    expect(others).toEqual([]);
    expect(fill).toMatchObject({
      step: { kind: 'ORDER_PAYMENT' },
      operation: { effect: 'entry fill', owner: 'user-0' },
      attempts: [{ calledAt: 2_000, changedAt: 2_020, endedAt: 9_000 }],
    });
    expect(open).toMatchObject({ operation: { effect: 'entry open' } });
    expect(unclaimed(['fill', 'open'])).toEqual([]);
  });

  it('makes up the totals, but for what no order names', () => {
    const start = new Map([['user-0', { cash: 0n, asset: 10_000n }]]);

    expect(checkEffects([placing, ...unclaimed()], tables, start).violations).toEqual([]);
    expect(checkEffects([placing], tables, start).violations).toEqual([
      { rule: 'total differs', detail: 'user-0 by cash 598, asset -1000' },
    ]);
  });
});

describe(wrongOrders, () => {
  it('finds an order whose entries moved something else than its fills and its hold', () => {
    const [sold, open] = tables.orders;
    const dearer = { ...sold!, fills: [{ ...sold!.fills[0]!, priceMinor: 301n }] };

    expect(wrongOrders(tables)).toEqual([]);
    expect(wrongOrders({ ...tables, orders: [dearer, { ...open!, heldMinor: 999n }] })).toEqual([
      { rule: 'order differs', detail: 'one by cash -2, asset 0' },
      { rule: 'order differs', detail: 'two by cash 0, asset -1' },
    ]);
  });
});
