import type { StepRecord } from '../client/attempt.ts';
import { addAmounts, negated, noAmounts } from '../workload/market.ts';
import { entriesWhere } from '../workload/money-operations.ts';
import type { EffectRecord, RestingTables } from '../workload/operation.ts';
import { changeOf } from '../workload/order-operations.ts';
import type { Violation } from './violation.ts';

/** When things happened: numbers in the order of all that happens. */
export interface Timeline {
  /** The last number before a time. */
  before(at: string): number;
  /** The next number. */
  tick(): number;
}

/** A write takes about so long from the time that it names. */
const writeMs = 20;

type WaitingOrder = RestingTables['orders'][number];

/** The entries of an order that waited, by their ids: its first hold, then what came of it. */
const entryIdsOf = ({ holdTransactionId, fills, adjustments = [], releaseTransactionId }: WaitingOrder): string[] =>
  [
    holdTransactionId,
    ...[...fills, ...adjustments].map(({ transactionId }) => transactionId),
    releaseTransactionId,
  ].filter((id) => id !== undefined);

/**
 * What became of waiting orders without a client that was told of it: what ticks have filled, failed or let expire, and what amendments
 * have held or released. The orders name the entries, so what no order names is no effect. Each took place after the time that it names.
 *
 * @param before - the ids of the entries that were there at first.
 */
export function unclaimedEffects(
  records: readonly StepRecord[],
  tables: RestingTables,
  { before, timeline }: { readonly before: ReadonlySet<string>; readonly timeline: Timeline },
): StepRecord[] {
  const claimed = records.flatMap(({ operation }) => (operation.effect === undefined ? [] : operation.find(tables)));
  const known = new Set([...before, ...claimed.map(({ id }) => id)]);
  const own = new Set(waitingOrders(tables).flatMap(entryIdsOf));

  return tables.entries
    .filter(({ transactionId }) => own.has(transactionId) && !known.has(transactionId))
    .map(({ transactionId, transactionType: kind, owner, createdAt }, id) => {
      const find = entriesWhere((entry) => entry.transactionId === transactionId);
      const [effect = { id: transactionId, change: noAmounts }]: EffectRecord[] = find(tables);
      const acknowledgement = { ...effect, replayed: false };
      const soon = new Date(Date.parse(createdAt) + writeMs).toISOString();
      return {
        step: { id, kind },
        operation: { effect: `entry ${transactionId}`, owner, find, call: () => Promise.resolve(acknowledgement) },
        attempts: [
          {
            outcome: { kind: 'acknowledged', acknowledgement },
            calledAt: timeline.before(createdAt),
            changedAt: timeline.before(soon),
            sentAt: 0,
            endedAt: timeline.tick(),
          },
        ],
      };
    });
}

const waitingOrders = ({ orders }: RestingTables): WaitingOrder[] =>
  orders.filter(({ holdTransactionId }) => holdTransactionId !== undefined);

/** All entries of a waiting order together change what is available by what it was filled for, and by what it still holds. */
export function wrongOrders(tables: RestingTables): Violation[] {
  return waitingOrders(tables).flatMap((order): Violation[] => {
    const ids = new Set(entryIdsOf(order));
    const held = order.orderType.endsWith('BUY')
      ? { cash: order.heldMinor, asset: 0n }
      : { cash: 0n, asset: order.heldMinor };
    const moved = entriesWhere(({ transactionId }) => ids.has(transactionId))(tables).map(({ change }) => change);
    const { cash, asset } = [...moved, held, negated(changeOf(order))].reduce(addAmounts, noAmounts);

    return cash === 0n && asset === 0n
      ? []
      : [{ rule: 'order differs', detail: `${order.orderId} by cash ${cash}, asset ${asset}` }];
  });
}
