import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { TICK_KEPT_MS, type Tick } from '../tick.ts';

const ASSET_PREFIX = 'ASSET#';
const TICK_PREFIX = 'TICK#';
const SCHEMA_VERSION = 1;

/** The primary key of the tick of an asset that was observed then. Ticks lie beside their asset, sorted by time. */
export function tickKey(assetId: string, asOf: string): ItemKey {
  return { pk: `${ASSET_PREFIX}${assetId}`, sk: `${TICK_PREFIX}${asOf}` };
}

/** Greater than whatever a time can begin with. */
const BEYOND = '~';

/**
 * Between which sort keys, both included, the ticks are that were observed after one moment and up to another; without them, from the
 * first and to the newest.
 */
export const tickSortKeys = ({ after, upTo }: { readonly after?: string; readonly upTo?: string }) => ({
  from: after === undefined ? TICK_PREFIX : `${TICK_PREFIX}${after}${BEYOND}`,
  to: `${TICK_PREFIX}${upTo ?? BEYOND}`,
});

const flag = boolean().enum(true).optional();

const tickAttributes = {
  pk: string().key(),
  sk: string().key(),
  priceMinor: number().big(),
  source: string(),
  acceptedAt: string(),
  previousAsOf: string().optional(),
  executable: flag,
  outOfBand: flag,
  paused: flag,
};

/**
 * The tick item, as dynamodb-toolbox declares and checks it. Asset and `asOf` are in the key; a flag that is false is absent.
 *
 * `writeId` names the call that put it; `ttl` is when it expires, in seconds since 1970.
 */
export const tickItemSchema = item({ ...tickAttributes, writeId: string(), ttl: number(), schemaVersion: number() });

/** A tick item as it is put. */
export type TickItem = ItemOf<typeof tickItemSchema>;

const checkItem: (item: TickItem) => TickItem = compileItemParser(tickItemSchema);

/** The item that stores a tick: some 220 bytes. It is never changed, and expires {@link TICK_KEPT_MS} after it was accepted. */
export function toTickItem(
  { assetId, asOf, executable, ...tick }: Tick,
  { writeId }: Pick<TickItem, 'writeId'>,
): TickItem {
  return checkItem({
    ...tickKey(assetId, asOf),
    ...tick,
    ...(executable && { executable }),
    writeId,
    ttl: Math.ceil((Date.parse(tick.acceptedAt) + TICK_KEPT_MS) / 1_000),
    schemaVersion: SCHEMA_VERSION,
  });
}

/** Whether an item of the inventory table is a tick. */
export const isTickItem = ({ sk }: RawItem): boolean => typeof sk === 'string' && sk.startsWith(TICK_PREFIX);

const readTick = compileItemReader({ kind: 'tick', schema: item(tickAttributes), showKey: true });

/**
 * The tick that an item stores. Attributes that this release does not know are ignored.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function fromTickItem(raw: RawItem): Tick {
  return readTick(raw, ({ pk, sk, executable = false, ...tick }) => ({
    assetId: keyPart('pk', afterPrefix(pk, ASSET_PREFIX)),
    asOf: keyPart('sk', afterPrefix(sk, TICK_PREFIX)),
    executable,
    ...tick,
  }));
}
