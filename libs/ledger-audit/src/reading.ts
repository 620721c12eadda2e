import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  type Database,
  type ItemAddress,
  type ItemKey,
  queryItems,
  type RawItem,
  readTransaction,
  wrapRead,
} from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import {
  type Claim,
  decodeLedgerItem,
  fromClaimItem,
  fromTransactionItem,
  type LedgerRecord,
  ownerPartition,
} from '@cnop/entities-ledger/table';
import type { Asset, Tick } from '@cnop/entities-inventory';
import { fromAssetItem, fromTickItem } from '@cnop/entities-inventory/table';
import type { Order } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { User } from '@cnop/entities-user';
import { type EmailClaim, fromEmailClaimItem, fromUserItem } from '@cnop/entities-user/table';
import { type AuditContext, settleDelayMs, settleRounds } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { namedTransactionIds } from './named-transactions.ts';
import { isDomainError } from '@cnop/exceptions';

/** A stored item with what it says. */
export interface Stored<TValue> {
  readonly raw: RawItem;
  readonly value: TValue;
}

/** What came of reading an item: its value, or why it has none. */
export type Reading<TValue> = Stored<TValue> | { readonly raw: RawItem; readonly problem: string };

/** What an item of the ledger says, or why it says nothing. */
export const readLedgerItem = (raw: RawItem): Reading<LedgerRecord> => reading(raw, decodeLedgerItem, ledgerKeyParts);

/** The journal entry in an item, or why there is none. */
export const readEntry = (raw: RawItem): Reading<BalanceTransaction> =>
  reading(raw, fromTransactionItem, entryKeyParts);

/** The idempotency claim in an item, or why there is none. */
export const readClaim = (raw: RawItem): Reading<Claim> => reading(raw, fromClaimItem, claimKeyParts);

/** The e-mail claim in an item, or why there is none. */
export const readEmailClaim = (raw: RawItem): Reading<EmailClaim> =>
  reading(raw, fromEmailClaimItem, ({ username }) => [username]);

/** The user in an item, or why there is none. */
export const readProfile = (raw: RawItem): Reading<User> => reading(raw, fromUserItem, ({ email }) => [email]);

/** The order in an item, or why there is none. */
export const readOrder = (raw: RawItem): Reading<Order> =>
  reading(raw, fromOrderItem, (order) => [
    order.owner,
    order.assetId,
    order.parentOrderId,
    ...order.fills.map(({ tickAsOf }) => tickAsOf),
    ...namedTransactionIds(order),
  ]);

/** The asset in an item, or why there is none. */
export const readAsset = (raw: RawItem): Reading<Asset> => reading(raw, fromAssetItem, () => []);

/** The tick in an item, or why there is none. */
export const readTick = (raw: RawItem): Reading<Tick> =>
  reading(raw, fromTickItem, ({ asOf, previousAsOf }) => [asOf, previousAsOf]);

/** Whether an item could be read. */
export const isStored = <TValue>(read: Reading<TValue> | undefined): read is Stored<TValue> =>
  read !== undefined && 'value' in read;

/** The finding that an item cannot be read. */
export function malformed({ raw, problem }: { readonly raw: RawItem; readonly problem: string }): BrokenInvariant {
  return brokenInvariant('malformed-item', { items: [raw], found: problem });
}

const entryKeyParts = ({ orderId, counterparty, postings }: BalanceTransaction) => [
  orderId,
  counterparty,
  ...postings.map(({ code }) => code),
];
const claimKeyParts = ({ transactionId }: Claim) => [transactionId];

function ledgerKeyParts(record: LedgerRecord): readonly (string | undefined)[] {
  if (record.kind === 'transaction') return entryKeyParts(record.transaction);
  return record.kind === 'claim' ? claimKeyParts(record.claim) : [];
}

/** Longer than any name or id can be, and short enough for DynamoDB to take it in a key. */
const maxKeyPartLength = 300;

function reading<TValue>(
  raw: RawItem,
  from: (raw: RawItem) => TValue,
  keyParts: (value: TValue) => readonly (string | undefined)[],
): Reading<TValue> {
  try {
    const value = from(raw);
    const isKey = keyParts(value).every((part = '-') => part.length > 0 && part.length <= maxKeyPartLength);

    return isKey ? { raw, value } : { raw, problem: 'The item names another by something that is no key.' };
  } catch (error) {
    return { raw, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A key as one text. */
export const keyText = ({ pk, sk }: RawItem | ItemKey): string => `${String(pk)} ${String(sk)}`;

/** Two items as they stood at one instant; `undefined` when transactions kept writing to them for too long. */
export async function readPair(
  context: AuditContext,
  addresses: readonly [ItemAddress, ItemAddress],
): Promise<readonly [RawItem | undefined, RawItem | undefined] | undefined> {
  const items = await readTogether(context, addresses);

  return items && [items[0], items[1]];
}

/** Up to 100 items as they stood at one instant; `undefined` when transactions kept writing to them for too long. */
export async function readTogether(
  { database }: AuditContext,
  addresses: readonly ItemAddress[],
): Promise<readonly (RawItem | undefined)[] | undefined> {
  for (let round = 1; round <= settleRounds; round += 1) {
    try {
      return await readTransaction(database, addresses);
    } catch (error) {
      if (!isContention(error)) throw error;
      await database.sleep(settleDelayMs(round));
    }
  }
  return undefined;
}

/**
 * Everything that belongs to an owner, read consistently, page by page. In the order of the sort keys: balances come first, then
 * idempotency claims, and the journal last.
 */
export function readPartition({ database, ledgerTable }: AuditContext, owner: string): AsyncIterable<RawItem> {
  return queryItems(database, {
    TableName: ledgerTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': ownerPartition(owner) },
    ConsistentRead: true,
  });
}

/** A scan of a whole table. */
export interface TableScan {
  readonly request: ScanCommandInput;
  /** How many parts of the table are read at the same time. */
  readonly segments: number;
  /** Takes the items of one segment, one page of which is in memory at a time. */
  readonly handle: (items: AsyncIterable<RawItem>) => Promise<void>;
}

/**
 * Scans a table in parallel segments, consistently. When one fails the others stop at their next item, and its error is thrown.
 *
 * Costs 1 read unit per 4 KB of the table, projected or not.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function scanSegments(database: Database, { request, segments, handle }: TableScan): Promise<void> {
  const stop = new AbortController();

  await Promise.allSettled(
    Array.from({ length: segments }, async (_, Segment) => {
      try {
        await handle(
          scanSegment(database, { ...request, Segment, TotalSegments: segments, ConsistentRead: true }, stop.signal),
        );
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    }),
  );
  stop.signal.throwIfAborted();
}

async function* scanSegment(
  { reader }: Database,
  request: ScanCommandInput,
  stop: AbortSignal,
): AsyncGenerator<RawItem, void> {
  let startKey: ScanCommandInput['ExclusiveStartKey'];

  do {
    const command = new ScanCommand({ ...request, ExclusiveStartKey: startKey });
    const page = await wrapRead(() => reader.send(command));

    for (const item of page.Items ?? []) {
      if (stop.aborted) return;
      yield item;
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined && !stop.aborted);
}

/** Whether a read gave up because transactions kept writing to what it reads. */
export const isContention = (error: unknown): boolean => isDomainError(error) && error.code === 'CONTENTION';
