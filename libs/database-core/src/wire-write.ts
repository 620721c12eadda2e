import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { DatabaseError } from '@cnop/exceptions';
import { toWireMap } from '@cnop/stored-items';
import type { ItemWrite } from './write-action.ts';

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
