import type { RawItem } from '@cnop/database-core';
import type { Tick } from '@cnop/entities-inventory';
import { type AuditContext, settleDelayMs, settleRounds } from './audit-context.ts';
import { brokenInvariant } from './broken-invariant.ts';
import { mayHaveExpired } from './fill-findings.ts';
import { clocksApartMs } from './item-findings.ts';
import type { WatchedOrder } from './open-triggers.ts';
import { isStored, malformed, readTick, type Stored } from './reading.ts';
import { readTicks } from './tick-reading.ts';
import type { TriggerWatch } from './open-triggers.ts';

/** The log of an asset, and the watch over its open orders, which sees the ticks up to one moment. */
export interface TickAudit {
  readonly assetId: string;
  readonly watch: (TriggerWatch & { readonly upTo: string }) | undefined;
}

/** An order with the tick that has made it due. */
export interface DueOrder {
  readonly order: WatchedOrder;
  readonly tick: Tick;
}

/** Checks that each tick of an asset names the one before it, in one pass; finds the orders that they make due. */
export async function auditTicks(
  context: AuditContext,
  inventoryTable: string,
  { assetId, watch }: TickAudit,
): Promise<DueOrder[]> {
  const { counts, log, database } = context;
  const due: DueOrder[] = [];
  let last: Stored<Tick> | undefined;

  for await (const raw of readTicks(context, inventoryTable, { assetId })) {
    const tick = readTick(raw);
    counts.ticks += 1;
    if (!isStored(tick)) {
      log.report(malformed(tick));
      last = undefined;
      continue;
    }
    // The oldest may name one that has expired.
    if (last && isBroken(last, tick, database.clock.now())) await settleLink(context, inventoryTable, [last, tick]);
    if (last) log.report(...orderFindings(last, tick));
    if (watch && tick.value.asOf <= watch.upTo)
      due.push(...watch.next(tick.value).map((order) => ({ order, tick: tick.value })));
    last = tick;
  }
  return due;
}

/** Whether a tick names another one than that before it, though no tick between them can have expired. */
function isBroken({ value: last }: Stored<Tick>, { value: tick }: Stored<Tick>, now: Date): boolean {
  const { previousAsOf } = tick;
  if (previousAsOf === undefined || previousAsOf <= last.asOf || previousAsOf >= tick.asOf)
    return previousAsOf !== last.asOf;

  return !mayHaveExpired(previousAsOf, now);
}

/** Long after a tick was accepted nothing of its write can still come to light. */
const settledAfterMs = 60_000;

/** A Query may see one tick before it sees the one before: what was accepted just now is read again. */
async function settleLink(
  context: AuditContext,
  inventoryTable: string,
  [last, tick]: readonly [Stored<Tick>, Stored<Tick>],
): Promise<void> {
  const { database, log } = context;
  const { assetId, asOf: upTo, acceptedAt } = tick.value;
  const isOld = database.clock.now().getTime() - Date.parse(acceptedAt) > settledAfterMs;

  for (let round = 1; round <= settleRounds && !isOld; round += 1) {
    await database.sleep(settleDelayMs(round));
    const between: RawItem[] = [];
    for await (const raw of readTicks(context, inventoryTable, { assetId, after: last.value.asOf, upTo }))
      between.push(raw);

    const chain = [last, ...between.map(readTick).filter(isStored)];
    const now = database.clock.now();
    if (chain.every((each, index) => index === 0 || !isBroken(chain[index - 1] ?? last, each, now))) return;
  }
  log.report(chainFinding(last, tick));
}

const chainFinding = ({ value: last, raw: rawLast }: Stored<Tick>, { value: tick, raw }: Stored<Tick>) =>
  brokenInvariant('tick-chain-broken', {
    code: tick.assetId,
    items: [raw, rawLast],
    expected: last.asOf,
    found: tick.previousAsOf ?? 'none',
  });

/** Ticks are accepted one after the other, as far as clocks can tell. */
function orderFindings({ value: last, raw: rawLast }: Stored<Tick>, { value: tick, raw }: Stored<Tick>) {
  if (Date.parse(tick.acceptedAt) + clocksApartMs >= Date.parse(last.acceptedAt)) return [];
  const [expected, found] = [`accepted after ${last.acceptedAt}`, tick.acceptedAt];

  return [brokenInvariant('tick-not-newest', { code: tick.assetId, items: [raw, rawLast], expected, found })];
}
