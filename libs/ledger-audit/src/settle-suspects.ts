import { type RawItem, readItems } from '@cnop/database-core';
import { balanceKey, codeOfKey } from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import { type AuditContext, settleDelayMs, settleRounds, sumByCode, heldCodeOf, heldOf } from './audit-context.ts';
import { isStored, readLedgerItem, readOrder, readPartition, type Stored } from './reading.ts';
import { createTally, type HeldByOrders, noteUnreadable, type Suspect, type Tally, tallyFindings } from './tally.ts';

/** What was seen of a user's balances in one round. */
interface Observation {
  /** Breaks by {@link keyOf}. */
  readonly suspects: ReadonlyMap<string, Suspect>;
  /** The version that a balance had before and after everything else was read; `undefined` when it differed. */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * Reads again what looked broken, until it is gone or certain.
 *
 * A round reads the balances, then the journal, then the orders that hold something, then the balances again; it counts for those
 * whose version did not change. A break is reported when two such rounds, one wait apart, show the same one at the same version: so
 * neither a write between two reads nor one that becomes visible item by item can feign it. What never stands still is unsettled.
 */
export async function settleSuspects(
  context: AuditContext,
  owner: string,
  suspects: readonly Suspect[],
): Promise<void> {
  const pending = new Map(suspects.map((suspect) => [keyOf(suspect), suspect]));
  const seen = new Map<string, string>();

  for (let round = 1; round <= settleRounds && pending.size > 0; round += 1) {
    await context.database.sleep(settleDelayMs(round));
    const { suspects: found, versions } = await observe(context, owner, codesOf(pending.values()));

    for (const [key, { code }] of pending) {
      const version = versions.get(code);
      const suspect = found.get(key);

      if (version === undefined) seen.delete(key);
      else if (!suspect) pending.delete(key);
      else if (seen.get(key) === markOf(suspect, version)) {
        context.log.report(suspect);
        pending.delete(key);
      } else seen.set(key, markOf(suspect, version));
    }
  }
  context.log.reportUnsettled(...pending.values());
}

const keyOf = ({ rule, code }: Suspect): string => `${rule} ${code}`;

const markOf = ({ expected = '', found = '' }: Suspect, version: string): string => `${version} ${expected} ${found}`;

const codesOf = (suspects: Iterable<Suspect>): ReadonlySet<string> => new Set([...suspects].map(({ code }) => code));

async function observe(context: AuditContext, owner: string, codes: ReadonlySet<string>): Promise<Observation> {
  const tally = await readTally(context, owner, codes);
  const held = await readHeldByOrders(context, owner, tally);
  const keys = [...codes].map((code) => balanceKey(owner, code));
  const balances = await readItems(context.database, { tableName: context.ledgerTable, keys });

  const after = new Map(balances.map((raw) => [codeOfKey(String(raw.sk)), raw]));
  const unmoved = [...codes].filter(
    (code) => versionOf(after.get(code)) === versionOf(tally.codes.get(code)?.balance?.raw),
  );
  return {
    suspects: new Map(tallyFindings(owner, tally, held).map((suspect) => [keyOf(suspect), suspect])),
    versions: new Map(unmoved.map((code) => [code, versionOf(after.get(code))])),
  };
}

const versionOf = (rawBalance: RawItem | undefined): string => (rawBalance ? String(rawBalance.version) : 'absent');

/** The balances and the sums of the journal, with the newest entries of the codes in question. */
async function readTally(context: AuditContext, owner: string, codes: ReadonlySet<string>): Promise<Tally> {
  const tally = createTally(codes);

  for await (const raw of readPartition(context, owner)) {
    const read = readLedgerItem(raw);

    if (!isStored(read)) noteUnreadable(tally, raw);
    else if (read.value.kind === 'balance') tally.addBalance({ raw, value: read.value.balance });
    else if (read.value.kind === 'transaction') tally.addEntry({ raw, value: read.value.transaction });
  }
  return tally;
}

/** Those orders of the user that held something when the orders were read, or for which the journal holds something now. */
async function readHeldByOrders(
  { database, ordersTable, holds }: AuditContext,
  owner: string,
  tally: Tally,
): Promise<HeldByOrders> {
  const orderIds = new Set([...holds.orderIdsOf(owner), ...tally.holdingOrderIds()]);
  const keys = [...orderIds].map((orderId) => orderKey(orderId));
  const orders = (await readItems(database, { tableName: ordersTable, keys }))
    .map(readOrder)
    .filter(isStored)
    .filter(({ value }) => value.owner === owner && heldOf(value) !== 0n);

  return {
    sums: sumByCode(orders.map(({ value }) => ({ code: heldCodeOf(value), heldMinor: heldOf(value) }))),
    orders: byHeldCode(orders),
  };
}

function byHeldCode(orders: readonly Stored<Order>[]): ReadonlyMap<string, readonly RawItem[]> {
  const raws = new Map<string, RawItem[]>();

  for (const { value, raw } of orders) raws.set(heldCodeOf(value), [...(raws.get(heldCodeOf(value)) ?? []), raw]);
  return raws;
}

/** Gathers values until there are enough of them for one request. */
export interface Batch<TValue> {
  /** Takes a value; handles what was gathered when that is enough. */
  add(value: TValue): Promise<void>;
  /** Handles what is left. */
  end(): Promise<void>;
}

/** What a {@link Batch} does. */
export interface BatchOptions<TValue> {
  /** The weight at which a batch is full. */
  readonly limit: number;
  /** Default: 1 for every value. */
  readonly weigh?: (value: TValue) => number;
  readonly handle: (values: readonly TValue[]) => Promise<void>;
}

/** A batch that holds no more than its limit and the one value that filled it. */
export function createBatch<TValue>({ limit, weigh = () => 1, handle }: BatchOptions<TValue>): Batch<TValue> {
  let values: TValue[] = [];
  let weight = 0;

  const flush = async () => {
    const full = values;
    values = [];
    weight = 0;
    if (full.length > 0) await handle(full);
  };

  return {
    add: async (value) => {
      values.push(value);
      weight += weigh(value);
      if (weight >= limit) await flush();
    },
    end: flush,
  };
}
