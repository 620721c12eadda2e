import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { WatermarkLadder } from '../standing/watermark-ladder.ts';
import type { LadderPart } from './ladder-parts.ts';
import { unpackLadder } from './pack-ladder.ts';

const TRIGGER_PREFIX = 'TRIGGER#';
const PART_PREFIX = 'PART#';
const CHECKPOINT_SORT_KEY = 'CHECKPOINT';
const SCHEMA_VERSION = 1;

/** The key of an asset's checkpoint: up to which tick its orders have been worked off. */
export const triggerCheckpointKey = (assetId: string): ItemKey => ({
  pk: `${TRIGGER_PREFIX}${assetId}`,
  sk: CHECKPOINT_SORT_KEY,
});

/** The key of a part of an asset's ladders. */
export const ladderPartKey = (assetId: string, name: string): ItemKey => ({
  pk: `${TRIGGER_PREFIX}${assetId}`,
  sk: `${PART_PREFIX}${name}`,
});

/** The key of the hour up to which expiries have been swept. */
export const expiryCheckpointKey: ItemKey = { pk: 'EXPIRY', sk: CHECKPOINT_SORT_KEY };

/** Which asset's checkpoint or part it is; `undefined` when the partition key is none's. */
export const triggerAssetOfKey = (pk: string): string | undefined => afterPrefix(pk, TRIGGER_PREFIX);

/** The name of a part in its sort key; `undefined` when it is no part's. */
export const partNameOfKey = (sk: string): string | undefined => afterPrefix(sk, PART_PREFIX);

const keyAttributes = { pk: string().key(), sk: string().key() };
const commonAttributes = { createdAt: string(), writeId: string(), schemaVersion: number() };

/** Of the write that puts an item. */
export interface PutStamp {
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Drawn once per call. */
  readonly writeId: string;
}

/** The cursor of an asset: what is worked off, and which parts its ladders are. */
export interface TriggerCursor {
  readonly assetId: string;
  /** `asOf` of a tick. */
  readonly asOf: string;
  /** The names of the parts, of each ladder the oldest first. */
  readonly parts: readonly string[];
}

const cursorAttributes = { asOf: string(), parts: list(string()) };
const cursorItemSchema = item({ ...keyAttributes, ...cursorAttributes, ...commonAttributes });
const checkCursor: (item: ItemOf<typeof cursorItemSchema>) => ItemOf<typeof cursorItemSchema> =
  compileItemParser(cursorItemSchema);

/** The item of a cursor. */
export const toTriggerCursorItem = (
  { assetId, asOf, parts }: TriggerCursor,
  { createdAt, writeId }: PutStamp,
): RawItem =>
  checkCursor({
    ...triggerCheckpointKey(assetId),
    asOf,
    parts: [...parts],
    createdAt,
    writeId,
    schemaVersion: SCHEMA_VERSION,
  });

const readCursor = compileItemReader({
  kind: 'trigger checkpoint',
  schema: item({ pk: keyAttributes.pk, ...cursorAttributes }),
  showKey: true,
});

/** The cursor in an item. @throws a plain Error naming the item and the attribute that is malformed. */
export const fromTriggerCursorItem = (raw: RawItem): TriggerCursor =>
  readCursor(raw, ({ pk, ...cursor }) => ({ assetId: keyPart('pk', triggerAssetOfKey(pk)), ...cursor }));

/** A part of a ladder as it is read. */
export interface StoredLadderPart {
  readonly assetId: string;
  readonly name: string;
  readonly rungs: WatermarkLadder;
  /** From when on it may be removed, because another part has replaced it; in seconds since 1970. */
  readonly ttl?: number | undefined;
}

const partAttributes = { rungs: string(), ttl: number().optional() };
const partItemSchema = item({ ...keyAttributes, ...partAttributes, ...commonAttributes });
const checkPart: (item: ItemOf<typeof partItemSchema>) => ItemOf<typeof partItemSchema> =
  compileItemParser(partItemSchema);

/** The item of a new part. */
export const toLadderPartItem = (
  { assetId, name, text }: LadderPart & { readonly assetId: string },
  { createdAt, writeId }: PutStamp,
): RawItem =>
  checkPart({ ...ladderPartKey(assetId, name), rungs: text, createdAt, writeId, schemaVersion: SCHEMA_VERSION });

const readPart = compileItemReader({
  kind: 'ladder part',
  schema: item({ ...keyAttributes, ...partAttributes }),
  showKey: true,
});

/** The part in an item. @throws a plain Error naming the item and the attribute that is malformed. */
export const fromLadderPartItem = (raw: RawItem): StoredLadderPart =>
  readPart(raw, ({ pk, sk, rungs, ...part }) => ({
    assetId: keyPart('pk', triggerAssetOfKey(pk)),
    name: keyPart('sk', partNameOfKey(sk)),
    rungs: unpackLadder(rungs),
    ...part,
  }));

/** Up to where expiries have been swept. */
export interface ExpiryCheckpoint {
  /** Such as `2026-03-02T14`. */
  readonly hour: string;
}

const expiryItemSchema = item({ ...keyAttributes, hour: string(), ...commonAttributes });
const checkExpiry: (item: ItemOf<typeof expiryItemSchema>) => ItemOf<typeof expiryItemSchema> =
  compileItemParser(expiryItemSchema);

/** The item of the hour up to which expiries have been swept. */
export const toExpiryCheckpointItem = ({ hour }: ExpiryCheckpoint, { createdAt, writeId }: PutStamp): RawItem =>
  checkExpiry({ ...expiryCheckpointKey, hour, createdAt, writeId, schemaVersion: SCHEMA_VERSION });

const readExpiry = compileItemReader({
  kind: 'expiry checkpoint',
  schema: item({ hour: string() }),
  showKey: true,
});

/** The hour in an item. @throws a plain Error naming the attribute that is malformed. */
export const fromExpiryCheckpointItem = (raw: RawItem): ExpiryCheckpoint => readExpiry(raw, (checkpoint) => checkpoint);
