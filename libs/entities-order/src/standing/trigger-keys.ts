import { isOpen } from '../order-status.ts';
import { sideOf, type Order } from '../order.ts';
import {
  isLimit,
  isOco,
  isStanding,
  isTakeProfit,
  isTrail,
  trailStopOf,
  workingLimitOf,
  type TriggerTerms,
} from './trigger-terms.ts';

/**
 * The attributes by which an open order is found: at a rising price, at a falling one, as a trail, at its expiry. Absent is what does
 * not apply. They follow from the order and are never read back as data.
 */
export interface TriggerKeys {
  readonly riseShard?: string;
  readonly riseSort?: string;
  readonly fallShard?: string;
  readonly fallSort?: string;
  readonly trailShard?: string;
  readonly trailSort?: string;
  readonly expiryShard: string;
  readonly expirySort: string;
}

/** Into how many parts the indexes are written: of the asset's triggers, and of the expiries of all. */
export interface TriggerShards {
  readonly trigger: number;
  readonly expiry: number;
}

/** Room for 10²⁴. */
const PRICE_DIGITS = 25;
const HIGHEST = 10n ** BigInt(PRICE_DIGITS) - 1n;
const TIME_DIGITS = 13;

const digitsOf = (value: bigint): string => value.toString().padStart(PRICE_DIGITS, '0');
const timeDigitsOf = (at: string): string => Date.parse(at).toString().padStart(TIME_DIGITS, '0');

/** Where the entries of `byRise` end that are due at a price: those from the start to here, in price-time order. */
export const riseUpTo = (priceMinor: bigint): string => `${digitsOf(priceMinor)}~`;

/** The same of `byFall`. */
export const fallUpTo = (priceMinor: bigint): string => `${digitsOf(HIGHEST - priceMinor)}~`;

/** The partition of `byFall` that lists the orders of an asset that were set aside, by time. */
export const asideShard = (assetId: string): string => `ASIDE#${assetId}`;

/** The partition of `byFall` that lists an asset's orders at a venue: `OPEN#<time>` what to route, `END#<time>` what to end. */
export const venueShard = (assetId: string): string => `VENUE#${assetId}`;

/**
 * The keys of an order as it is: none unless it is open. One that was set aside or is executed by a venue is in its list instead of the
 * price indexes; every one is found by its expiry.
 */
export function openKeysOf(order: Order, shards: TriggerShards): Partial<TriggerKeys> {
  const { status, setAsideAt, execution, endRequested, assetId } = order;
  if (!isOpen(status)) return {};
  // A market order at a venue never expires.
  if (!isStanding(order)) return execution === 'VENUE' ? venueKeysOf(order) : {};

  const { expiryShard, expirySort, ...triggers } = triggerKeysOf(order, shards);
  const expiry = { expiryShard, expirySort };
  if (execution === 'VENUE') return { ...venueKeysOf(order), ...(endRequested === undefined && expiry) };
  if (setAsideAt !== undefined) return { fallShard: asideShard(assetId), fallSort: setAsideAt, ...expiry };
  return { ...triggers, ...expiry };
}

/** By when it was placed or last amended or, an exit, raised: whatever the venue must be told of is at the end of the list. */
function venueKeysOf({ assetId, endRequested, changes, repricedAt, createdAt }: Order): Partial<TriggerKeys> {
  const changed = [changes?.at(-1)?.at, repricedAt].reduce<string>(
    (last, at = '') => (at > last ? at : last),
    createdAt,
  );
  const at = endRequested?.at ?? changed;

  return { fallShard: venueShard(assetId), fallSort: `${endRequested ? 'END' : 'OPEN'}#${at}` };
}

/** The keys of an order that the platform executes and that is open. */
export function triggerKeysOf(
  order: TriggerTerms & { readonly orderId: string; readonly assetId: string },
  shards: TriggerShards,
): TriggerKeys {
  const { orderId, assetId, activeAsOf, expiresAt } = order;
  const shard = shardOf(orderId, shards.trigger);
  const since = timeDigitsOf(activeAsOf);
  const { rise, fall } = triggerPricesOf(order);
  const offset = order.trailAmountMinor ?? order.trailBps;
  const kind = sideOf(order.orderType) === 'SELL' ? 'H' : 'L';

  return {
    ...(rise !== undefined && { riseShard: `${assetId}#${shard}`, riseSort: `${digitsOf(rise)}${since}` }),
    ...(fall !== undefined && { fallShard: `${assetId}#${shard}`, fallSort: `${digitsOf(HIGHEST - fall)}${since}` }),
    ...(offset !== undefined &&
      order.triggeredAt === undefined && {
        trailShard: `${assetId}#${kind}#${shard}`,
        trailSort: `${since}${order.trailAmountMinor === undefined ? 'P' : 'A'}${digitsOf(BigInt(offset))}`,
      }),
    expiryShard: `${expiresAt.slice(0, 'yyyy-mm-ddThh'.length)}#${shardOf(orderId, shards.expiry)}`,
    expirySort: `${expiresAt}#${assetId}`,
  };
}

/** The prices that make an order due as they rise to them or fall to them, apart from those of a trail that moves. */
function triggerPricesOf(order: TriggerTerms): {
  readonly rise: bigint | undefined;
  readonly fall: bigint | undefined;
} {
  const isSell = sideOf(order.orderType) === 'SELL';
  /** Good for the owner: a sell waits for it from below, a buy from above. */
  const good =
    workingLimitOf(order) ??
    (isTakeProfit(order.orderType) ? order.stopPriceMinor : isOco(order.orderType) ? order.limitPriceMinor : undefined);
  const bad = isLimit(order.orderType) || isTakeProfit(order.orderType) ? undefined : stopPriceOf(order);

  return isSell ? { rise: good, fall: bad } : { rise: bad, fall: good };
}

/** The stop that stays where it is; of an amended trail the one at the watermark that it kept. */
function stopPriceOf(order: TriggerTerms): bigint | undefined {
  if (order.triggeredAt !== undefined) return undefined;
  if (!isTrail(order)) return order.stopPriceMinor;

  return order.repricedAt === undefined || order.watermarkMinor === undefined
    ? undefined
    : trailStopOf(order, order.watermarkMinor);
}

/**
 * Which part of an index an order is in: its id by 32-bit FNV-1a, modulo the number of parts.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9923.html}
 */
export function shardOf(orderId: string, shards: number): number {
  let hash = 0x811c9dc5;

  for (const character of orderId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % shards;
}
