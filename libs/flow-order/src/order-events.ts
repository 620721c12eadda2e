import type { BalanceTransaction } from '@cnop/entities-ledger';
import {
  isTerminal,
  type Order,
  type OrderChangeRecord,
  type OrderEvent,
  type OrderEvents,
} from '@cnop/entities-order';
import { orderIdSchema, ownerSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext } from './order-flow-context.ts';

const getOrderEventsSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  owner: ownerSchema.optional(),
});

/** Whose order it must be. */
export type OrderEventsOf = Omit<z.input<typeof getOrderEventsSchema>, 'orderId'>;

/** What happened to an order: composed of the order and the journal entries that it names, each written with its change. */
export async function getOrderEvents(
  { orders, balances }: OrderFlowContext,
  id: string,
  of: OrderEventsOf = {},
): Promise<OrderEvents> {
  const { orderId, owner } = parseInput(getOrderEventsSchema, { orderId: id, ...of });
  const order = await orders.getOrder(orderId, { owner });
  const entries = await balances.getTransactionsByIds(order.owner, namedEntries(order));

  return { order, events: eventsOf(order, entries) };
}

const namedEntries = (order: Order): string[] =>
  [
    order.holdTransactionId,
    ...(order.adjustments ?? []).map(({ transactionId }) => transactionId),
    ...order.fills.map(({ transactionId }) => transactionId),
    order.releaseTransactionId,
    order.refundTransactionId,
  ].filter((transactionId) => transactionId !== undefined);

/** Of what happened in one write: the cause before its effects. */
const inOneWrite: readonly OrderEvent['type'][] = [
  'PLACED',
  'TRIGGERED',
  'AMENDED',
  'HELD',
  'FILLED',
  'RELEASED',
  'SET_ASIDE',
  'END_REQUESTED',
  'ENDED',
  'REFUNDED',
];

/** The events of an order in time order. @param entries - those that it names. */
function eventsOf(order: Order, entries: readonly BalanceTransaction[]): OrderEvent[] {
  const byId = new Map(entries.map((entry) => [entry.transactionId, entry]));
  const fills = order.fills.map((fill): OrderEvent => {
    const actor = byId.get(fill.transactionId)?.actor;
    return { type: 'FILLED', at: fill.executedAt, ...(actor !== undefined && { actor }), fill };
  });
  const events: OrderEvent[] = [
    { type: 'PLACED', at: order.createdAt, actor: order.parentOrderId === undefined ? order.owner : 'system' },
    ...changeEvents(order),
    ...fills,
    ...entries.flatMap((entry) => entryEvents(entry)),
    ...endEvents(order, byId),
  ];
  const rank = ({ type }: OrderEvent) => inOneWrite.indexOf(type);

  return events.toSorted((a, b) => (a.at === b.at ? rank(a) - rank(b) : a.at < b.at ? -1 : 1));
}

/** The records of one version are one amendment. */
function changeEvents({ changes = [] }: Order): OrderEvent[] {
  const versions = new Map<number, OrderChangeRecord[]>();
  for (const change of changes) versions.set(change.version, [...(versions.get(change.version) ?? []), change]);

  return [...versions].flatMap(([version, records]): OrderEvent[] => {
    const [first] = records;
    if (!first) return [];
    const { at, actor, field, to: tickAsOf } = first;
    return field === 'triggeredAt' && tickAsOf !== undefined
      ? [{ type: 'TRIGGERED', at, actor, tickAsOf }]
      : [{ type: 'AMENDED', at, actor, version, changes: records }];
  });
}

/** What a hold or a release moved; payments are told of by the fills. */
function entryEvents({
  transactionType,
  transactionId,
  postings,
  createdAt: at,
  actor,
}: BalanceTransaction): OrderEvent[] {
  const by = { at, ...(actor !== undefined && { actor }), transactionId };
  if (transactionType === 'ORDER_REFUND') return [{ type: 'REFUNDED', ...by }];
  if (transactionType !== 'ORDER_HOLD' && transactionType !== 'ORDER_RELEASE') return [];

  const heldMinor = postings.find(({ bucket }) => bucket === 'held')?.amountMinor ?? 0n;
  return transactionType === 'ORDER_HOLD'
    ? [{ type: 'HELD', ...by, amountMinor: heldMinor }]
    : [{ type: 'RELEASED', ...by, amountMinor: -heldMinor }];
}

function endEvents(order: Order, byId: ReadonlyMap<string, BalanceTransaction>): OrderEvent[] {
  const { endRequested, setAsideAt, setAsideCode, endedAt, status, failureCode, releaseTransactionId } = order;
  const actor = releaseTransactionId === undefined ? undefined : byId.get(releaseTransactionId)?.actor;

  return [
    ...(endRequested ? [{ type: 'END_REQUESTED' as const, ...endRequested }] : []),
    ...(setAsideAt === undefined ? [] : [{ type: 'SET_ASIDE' as const, at: setAsideAt, code: setAsideCode }]),
    ...(endedAt !== undefined && isTerminal(status)
      ? [{ type: 'ENDED' as const, at: endedAt, status, code: failureCode, actor }]
      : []),
  ];
}
