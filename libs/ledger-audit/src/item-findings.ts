import type { RawItem } from '@cnop/database-core';
import type { Balance, BalanceTransaction } from '@cnop/entities-ledger';
import type { Claim } from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import {
  assetIdSchema,
  balanceCodeSchema,
  currencyCodeSchema,
  idempotencyKeySchema,
  orderIdSchema,
  ownerSchema,
  transactionIdSchema,
} from '@cnop/validation';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';

/** Accepts the names of one alphabet. */
interface NameSchema {
  safeParse(value: unknown): { readonly data?: unknown };
}

/** A name in an item, with the schema that it has to be of; nothing where the item has none. */
type Name = readonly [field: string, value: string | undefined, schema: NameSchema];

/** The names in a balance. */
export const namesInBalance = ({ owner, code }: Balance): Name[] => [
  ['owner', owner, ownerSchema],
  ['code', code, balanceCodeSchema],
];

/** The names in a journal entry. */
export const namesInEntry = (entry: BalanceTransaction): Name[] => [
  ['owner', entry.owner, ownerSchema],
  ['transactionId', entry.transactionId, transactionIdSchema],
  ['orderId', entry.orderId, orderIdSchema],
  ['counterparty', entry.counterparty, ownerSchema],
  ['actor', entry.actor, ownerSchema],
  ['idempotencyKey', entry.idempotencyKey, idempotencyKeySchema],
  ...entry.postings.map(({ code }): Name => ['code', code, balanceCodeSchema]),
];

/** The names in an idempotency claim. */
export const namesInClaim = ({ owner, actor, key, transactionId }: Claim): Name[] => [
  ['owner', owner, ownerSchema],
  ['actor', actor, ownerSchema],
  ['key', key, idempotencyKeySchema],
  ['transactionId', transactionId, transactionIdSchema],
];

/** The names in an order. */
export const namesInOrder = (order: Order): Name[] => [
  ['orderId', order.orderId, orderIdSchema],
  ['owner', order.owner, ownerSchema],
  ['clientOrderId', order.clientOrderId, idempotencyKeySchema],
  ['assetId', order.assetId, assetIdSchema],
  ['currency', order.currency, currencyCodeSchema],
  ...order.fills.map(({ transactionId }): Name => ['transactionId', transactionId, transactionIdSchema]),
  ['holdTransactionId', order.holdTransactionId, transactionIdSchema],
  ...(order.adjustments ?? []).map(({ transactionId }): Name => ['transactionId', transactionId, transactionIdSchema]),
  ['releaseTransactionId', order.releaseTransactionId, transactionIdSchema],
  ['refundTransactionId', order.refundTransactionId, transactionIdSchema],
  ['parentOrderId', order.parentOrderId, orderIdSchema],
  ...(order.exits ?? []).map(({ orderId }): Name => ['orderId', orderId, orderIdSchema]),
  ...order.fills.map(({ venueFillId }): Name => ['venueFillId', venueFillId, idempotencyKeySchema]),
];

/** The names that are outside their alphabets, as one text; `undefined` when none is. What is stored is normalised already. */
export function namesProblem(names: readonly Name[]): string | undefined {
  const wrong = names.filter(([, value, schema]) => value !== undefined && schema.safeParse(value).data !== value);

  return wrong.length === 0 ? undefined : wrong.map(([field, value]) => `${field} ${JSON.stringify(value)}`).join(', ');
}

/** What two hosts may be apart: each is at most five seconds off the clock of the database, else it does not write. */
export const clocksApartMs = 10_000;

/** When an item was updated, where that was before it was made, beyond what clocks may differ by. */
export const timesProblem = ({ createdAt, updatedAt }: Pick<Balance, 'createdAt' | 'updatedAt'>) =>
  Date.parse(createdAt) - Date.parse(updatedAt) > clocksApartMs ? { expected: createdAt, found: updatedAt } : undefined;

/** What is wrong with the names and times of an item of the ledger. */
export function itemFindings(
  names: readonly Name[],
  {
    times,
    ...about
  }: {
    readonly owner: string;
    readonly code?: string;
    readonly transactionId?: string;
    readonly orderId?: string | undefined;
    readonly items: readonly RawItem[];
    readonly times?: Pick<Balance, 'createdAt' | 'updatedAt'>;
  },
): BrokenInvariant[] {
  const found = namesProblem(names);
  const untimely = times && timesProblem(times);

  return [
    ...(found === undefined ? [] : [brokenInvariant('name-malformed', { ...about, found })]),
    ...(untimely ? [brokenInvariant('updated-before-created', { ...about, ...untimely })] : []),
  ];
}
