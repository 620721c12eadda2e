import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { type RawItem, toWireMap } from '@cnop/stored-items';

/** One item of a TransactWriteItems, as the document client takes it: exactly one of Put, Update, Delete, ConditionCheck. */
export type ItemWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * The put of an item that must not be there yet: its condition is that there is none under its key `pk` and `sk`.
 *
 * @param item - as the document client takes it.
 */
export const putIfAbsent = (tableName: string, item: RawItem): ItemWrite => ({
  Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** One write of a transaction, with what it means when its condition does not hold. DAOs make them, flows compose them. */
export interface WriteAction {
  readonly write: ItemWrite;
  /**
   * The refusal to report when this action's condition failed.
   *
   * @param oldItem - the item as it stood then, or `undefined` when there was none.
   */
  onConditionFailed(oldItem: RawItem | undefined): DomainError;
}

/**
 * The action that decides whether a write happens at all, and at most once: the put of a new order, of a claim or of a journal
 * entry (`attribute_not_exists`), or the conditional update of the item whose status or version moves on.
 *
 * Its condition must be monotone: once it has failed for this very write, it never holds again.
 */
export interface WriteGuard {
  readonly write: ItemWrite;
  /** Drawn once per call and stored in the guarded item: by it the runner knows its own earlier attempt. */
  readonly writeId: string;
  /** The attribute that stores it, of an item that several kinds of writes change. Default `writeId`. */
  readonly writeIdAttribute?: string;
  /**
   * Whether the caller named the key, of a put that must find nothing there. If so the guard is read before any refusal, and what is
   * found is taken as what the condition failed on.
   */
  readonly clientNamed?: boolean;
  /**
   * What it means that the condition failed: a DomainError to throw, or `undefined` for a replay.
   *
   * @param oldItem - the item as it stood then; it does not carry this call's `writeId`.
   * @param earlierAttemptUnknown - whether an earlier attempt of this call may have been carried out and then overwritten.
   */
  onConditionFailed(oldItem: RawItem | undefined, earlierAttemptUnknown: boolean): DomainError | undefined;
  /**
   * What to put in the guard's place so that an earlier attempt of unknown outcome can no longer be carried out.
   *
   * @param refusal - the refusal that is reported once the fence stands.
   */
  fence?(refusal: DomainError): WriteFence;
}

/** A put with `attribute_not_exists` under the guard's key, and the `writeId` it carries. */
export interface WriteFence {
  readonly write: ItemWrite;
  readonly writeId: string;
}

/** A failed condition must show the item it failed on: it saves the read that would tell why. */
const withOldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * A write as the plain DynamoDB client takes it, asking for the old item when its condition fails.
 *
 * @throws {@link sharedErrors.DatabaseError} when a value cannot be stored.
 */
export function toWireWrite({ Put, Update, Delete, ConditionCheck }: ItemWrite): TransactWriteItem {
  if (Put) return { Put: { ...Put, ...withOldItem, ...wireValues(Put), Item: storable(Put.Item, Put) } };
  if (Update)
    return { Update: { ...Update, ...withOldItem, ...wireValues(Update), Key: storable(Update.Key, Update) } };
  if (Delete)
    return { Delete: { ...Delete, ...withOldItem, ...wireValues(Delete), Key: storable(Delete.Key, Delete) } };
  if (ConditionCheck) {
    const Key = storable(ConditionCheck.Key, ConditionCheck);
    return { ConditionCheck: { ...ConditionCheck, ...withOldItem, ...wireValues(ConditionCheck), Key } };
  }
  throw new Error('A write is one of put, update, delete and condition check.');
}

const wireValues = (write: Expression) => ({
  ExpressionAttributeValues: write.ExpressionAttributeValues && storable(write.ExpressionAttributeValues, write),
});

interface Expression {
  readonly TableName: string | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

function storable(
  attributes: Readonly<Record<string, unknown>> | undefined,
  { TableName: table }: Expression,
): Record<string, AttributeValue> {
  try {
    return toWireMap(attributes ?? {});
  } catch (cause) {
    throw new sharedErrors.DatabaseError({ reason: 'OTHER', ...(table !== undefined && { table }) }, { cause });
  }
}
