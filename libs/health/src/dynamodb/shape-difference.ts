import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import type { IndexShape, TableShape } from '@cnop/utils';

/**
 * How a table differs from its shape, as a code: `KEY_SCHEMA_DIFFERS`, or `INDEX_MISSING` when an index of the shape is not there with its
 * keys. Other indexes do not matter.
 */
export function shapeDifference(
  { KeySchema, AttributeDefinitions = [], GlobalSecondaryIndexes = [] }: TableDescription,
  shape: TableShape,
): string | undefined {
  const typeOf = new Map(
    AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const describe = (schema: readonly KeySchemaElement[] = []): string =>
    schema
      .map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName} ${typeOf.get(AttributeName)}`)
      .sort()
      .join();
  const found = new Map(GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [IndexName, describe(KeySchema)]));

  if (describe(KeySchema) !== keysOf(shape)) return 'KEY_SCHEMA_DIFFERS';
  return shape.indexes.every((index) => found.get(index.name) === keysOf(index)) ? undefined : 'INDEX_MISSING';
}

const keysOf = ({ partitionKey, sortKey }: Pick<IndexShape, 'partitionKey' | 'sortKey'>): string =>
  [
    `HASH ${partitionKey.name} ${partitionKey.type}`,
    ...(sortKey ? [`RANGE ${sortKey.name} ${sortKey.type}`] : []),
  ].join();
