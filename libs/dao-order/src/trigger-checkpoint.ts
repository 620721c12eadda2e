import { executeWrite, queryItems, readItem, readItems, type RawItem } from '@cnop/database-core';
import type { TriggerCheckpoint } from '@cnop/entities-order';
import {
  divideLadder,
  fromLadderPartItem,
  fromTriggerCursorItem,
  ladderPartKey,
  partNameOfKey,
  readPartName,
  toLadderPartItem,
  toTriggerCursorItem,
  triggerCheckpointKey,
  type LadderPart,
  type TriggerCursor,
} from '@cnop/entities-order/table';
import type { OrderContext } from './orders-table.ts';
import type { SaveOutcome } from './save-outcome.ts';

/** For how long a part that was replaced can still be read by who has read the cursor that names it. */
const REPLACED_PART_MS = 3_600_000;

/** The cursor of an asset, strongly consistent. */
async function findCursor({ database, table }: OrderContext, assetId: string): Promise<TriggerCursor | undefined> {
  const item = await readItem(database, { tableName: table.tableName, key: triggerCheckpointKey(assetId) });

  return item && fromTriggerCursorItem(item);
}

/** The checkpoint of an asset as one save left it: where a part that the cursor names is gone, another save has come, and is read. */
export async function loadCheckpoint(context: OrderContext, assetId: string): Promise<TriggerCheckpoint | undefined> {
  const { database, table } = context;

  for (let before: string | undefined; ;) {
    const cursor = await findCursor(context, assetId);
    // A cursor that stays and a part that is missing: the checkpoint is lost.
    if (!cursor || cursor.asOf === before) return undefined;

    const keys = cursor.parts.map((name) => ladderPartKey(assetId, name));
    const items = await readItems(database, { tableName: table.tableName, keys });
    const stored = new Map(items.map(fromLadderPartItem).map((part) => [part.name, part.rungs]));

    if (stored.size === cursor.parts.length) return assemble(cursor, stored);
    before = cursor.asOf;
  }
}

function assemble(
  { asOf, parts }: TriggerCursor,
  stored: ReadonlyMap<string, TriggerCheckpoint['high']>,
): TriggerCheckpoint {
  const rungsOf = (kind: 'HIGH' | 'LOW') =>
    parts.filter((name) => readPartName(name).kind === kind).flatMap((name) => stored.get(name) ?? []);

  return { asOf, high: rungsOf('HIGH'), low: rungsOf('LOW') };
}

/** A save, and the names of the parts that it and those before it no longer need. */
export interface CheckpointSave {
  readonly outcome: SaveOutcome;
  /** The parts that the checkpoint is; of one that is behind, those of the other one. */
  readonly parts: readonly string[];
  readonly replaced: readonly string[];
}

/**
 * Puts the parts that no stored one already is, then moves the cursor on, from the very one that was read: parts are shared only with
 * the checkpoint that it replaces. Where another save comes first, what it stored is the base of another attempt, unless it is as new.
 */
export async function saveCheckpoint(
  context: OrderContext,
  assetId: string,
  { asOf, high, low }: TriggerCheckpoint,
): Promise<CheckpointSave> {
  const written = new Set<string>();
  let current = await findCursor(context, assetId);

  for (;;) {
    const stored = current?.parts ?? [];
    if (current && current.asOf >= asOf)
      return { outcome: 'behind', parts: stored, replaced: without(written, stored) };

    const parts = [
      ...divideLadder(high, { kind: 'HIGH', asOf, stored }),
      ...divideLadder(low, { kind: 'LOW', asOf, stored }),
    ];
    const added = parts.filter(({ name }) => !stored.includes(name) && !written.has(name));
    await Promise.all(added.map((part) => putPart(context, assetId, part)));
    for (const { name } of added) written.add(name);

    const cursor = { assetId, asOf, parts: parts.map(({ name }) => name) };
    const found = await moveCursor(context, cursor, current?.asOf);
    if (found === undefined)
      return { outcome: 'saved', parts: cursor.parts, replaced: without([...stored, ...written], cursor.parts) };
    current = found;
  }
}

const without = (names: Iterable<string>, kept: readonly string[]): string[] =>
  [...names].filter((name) => !kept.includes(name));

const stampOf = ({ database }: OrderContext) => ({
  createdAt: database.clock.now().toISOString(),
  writeId: database.ids.ulid(),
});

async function putPart(context: OrderContext, assetId: string, part: LadderPart): Promise<void> {
  const stamp = stampOf(context);

  await executeWrite(context.database, {
    operation: 'saveCheckpoint',
    reference: { assetId },
    guard: {
      write: { Put: { TableName: context.table.tableName, Item: toLadderPartItem({ assetId, ...part }, stamp) } },
      writeId: stamp.writeId,
      onConditionFailed: () => undefined,
    },
  });
}

/** Puts the cursor in the place of the one of that `asOf`. @returns the one that was there instead; `undefined` when it was put. */
async function moveCursor(
  context: OrderContext,
  cursor: TriggerCursor,
  from: string | undefined,
): Promise<TriggerCursor | undefined> {
  const stamp = stampOf(context);
  const condition =
    from === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'asOf = :from', ExpressionAttributeValues: { ':from': from } };
  const { replayed, item } = await executeWrite(context.database, {
    operation: 'saveCheckpoint',
    reference: { assetId: cursor.assetId },
    guard: {
      write: {
        Put: { TableName: context.table.tableName, Item: toTriggerCursorItem(cursor, stamp), ...condition },
      },
      writeId: stamp.writeId,
      onConditionFailed: () => undefined,
    },
  });

  return replayed && item ? fromTriggerCursorItem(item) : undefined;
}

/** Lets parts expire that no cursor names, nor ever will. */
export async function retireParts(context: OrderContext, assetId: string, names: readonly string[]): Promise<void> {
  const { database, table } = context;
  const ttl = Math.ceil((database.clock.now().getTime() + REPLACED_PART_MS) / 1_000);

  await Promise.all(
    names.map(async (name) => {
      const writeId = database.ids.ulid();
      await executeWrite(database, {
        operation: 'retireParts',
        reference: { assetId },
        guard: {
          write: {
            Update: {
              TableName: table.tableName,
              Key: ladderPartKey(assetId, name),
              UpdateExpression: 'SET #ttl = :ttl, writeId = :writeId',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeNames: { '#ttl': 'ttl' },
              ExpressionAttributeValues: { ':ttl': ttl, ':writeId': writeId },
            },
          },
          writeId,
          onConditionFailed: () => undefined,
        },
      });
    }),
  );
}

/**
 * The parts that a save put which then came to nothing: no newer than this checkpoint and not of it, so that no later one can share
 * them. Costs half a read unit per 4 KB of all parts.
 */
export async function findLostParts(
  { database, table }: OrderContext,
  { assetId, asOf, parts }: TriggerCursor,
): Promise<string[]> {
  const { pk, sk: first } = ladderPartKey(assetId, '');
  const { sk: last } = ladderPartKey(assetId, `${asOf}~`);
  const lost: string[] = [];
  const stored = queryItems(database, {
    TableName: table.tableName,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    FilterExpression: 'attribute_not_exists(#ttl)',
    ProjectionExpression: 'sk',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':pk': pk, ':first': first, ':last': last },
  });

  for await (const item of stored) lost.push(nameOf(item));
  return without(lost, parts);
}

const nameOf = ({ sk }: RawItem): string => partNameOfKey(String(sk)) ?? '';
