import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { convertToAttr } from '@aws-sdk/util-dynamodb';
import { DatabaseError } from '@cnop/exceptions';
import type { ItemWrite } from './write-action.ts';

const marshallOptions = { removeUndefinedValues: true };
/** A failed condition must show the item it failed on: it saves the read that would tell why. */
const withOldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * A write as the plain DynamoDB client takes it, asking for the old item when its condition fails.
 *
 * @throws {@link DatabaseError} when a value cannot be stored.
 */
export function toWireWrite({ Put, Update, Delete, ConditionCheck }: ItemWrite): TransactWriteItem {
  if (Put) return { Put: { ...Put, ...withOldItem, ...wireValues(Put), Item: storable(Put.Item) } };
  if (Update) return { Update: { ...Update, ...withOldItem, ...wireValues(Update), Key: storable(Update.Key) } };
  if (Delete) return { Delete: { ...Delete, ...withOldItem, ...wireValues(Delete), Key: storable(Delete.Key) } };
  if (ConditionCheck) {
    const Key = storable(ConditionCheck.Key);
    return { ConditionCheck: { ...ConditionCheck, ...withOldItem, ...wireValues(ConditionCheck), Key } };
  }
  throw new Error('A write is one of put, update, delete and condition check.');
}

const wireValues = ({ ExpressionAttributeValues: values }: Expression) => ({
  ExpressionAttributeValues: values && storable(values),
});

interface Expression {
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

function storable(attributes: Readonly<Record<string, unknown>> | undefined): Record<string, AttributeValue> {
  try {
    return toWireMap(attributes ?? {});
  } catch (cause) {
    throw new DatabaseError({}, { cause });
  }
}

/** The attributes of an item or a key as AttributeValues; those that are undefined are left out. */
export function toWireMap(attributes: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const defined = Object.entries(attributes).filter(([, value]) => value !== undefined);

  return Object.fromEntries(defined.map(([name, value]) => [name, toAttributeValue(value)]));
}

/** What the SDK's `marshall` makes of a value, without its detours for the types that our items consist of. */
function toAttributeValue(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { N: String(value) };
  if (Array.isArray(value)) return { L: value.filter((element) => element !== undefined).map(toAttributeValue) };
  if (isPlainObject(value)) return { M: toWireMap(value) };

  return convertToAttr(value, marshallOptions);
}

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
