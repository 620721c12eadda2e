import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { IndexShape, KeyAttribute, TableShape } from '@cnop/utils';

/** The part of a CreateTable request that a shape decides; templates take the same. */
export interface TableDefinition {
  readonly TableName: string;
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly AttributeDefinitions: { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' }[];
  readonly KeySchema: KeySchemaDefinition;
  readonly GlobalSecondaryIndexes?: IndexDefinition[];
}

/** The partition key and, where there is one, the sort key. */
export type KeySchemaDefinition = [KeyElement, ...KeyElement[]];

/** One key of a table or an index. */
export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/** One global secondary index of a CreateTable request. */
export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: KeySchemaDefinition;
  readonly Projection: { readonly ProjectionType: 'ALL' | 'KEYS_ONLY' };
}

/** The one place that turns a shape into what DynamoDB creates: the table itself and every template come from it. */
export function defineTable(shape: TableShape, tableName: string): TableDefinition {
  const GlobalSecondaryIndexes = shape.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchemaOf(index),
    Projection: { ProjectionType: index.projection },
  }));

  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributesOf(shape).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keySchemaOf(shape),
    // DynamoDB refuses an empty list of indexes.
    ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
  };
}

/** What a stream tells of each change. */
export type StreamView = NonNullable<TableShape['stream']>;

/** The stream of a table, as CreateTable and UpdateTable take it. */
export const streamSpecification = (view: StreamView) => ({ StreamEnabled: true, StreamViewType: view });

function keySchemaOf({ partitionKey, sortKey }: TableShape | IndexShape): KeySchemaDefinition {
  const hash = { AttributeName: partitionKey.name, KeyType: 'HASH' } as const;

  return sortKey ? [hash, { AttributeName: sortKey.name, KeyType: 'RANGE' }] : [hash];
}

/** Every attribute that is a key somewhere, once each: DynamoDB refuses to be told of any other. */
function keyAttributesOf(shape: TableShape): KeyAttribute[] {
  const all = [shape, ...shape.indexes].flatMap(({ partitionKey, sortKey }) =>
    sortKey ? [partitionKey, sortKey] : [partitionKey],
  );

  return [...new Map(all.map((attribute) => [attribute.name, attribute])).values()];
}

/**
 * The first difference between a table as declared and as it is that nothing here may change: keys, indexes, the kind of its stream;
 * `undefined` when there is none.
 */
export function findTableDifference(shape: TableShape, actual: TableDescription): string | undefined {
  const wanted = keysByPlace(defineTable(shape, shape.name));
  const found = keysByPlace(actual);

  for (const [place, keys] of wanted) {
    const there = found.get(place);
    if (there === undefined) return `lacks the ${place} (${keys})`;
    if (there !== keys) return `has the ${place} (${there}) instead of (${keys})`;
  }
  for (const [place, keys] of found) {
    if (!wanted.has(place)) return `has the ${place} (${keys}), which is not declared`;
  }
  const { StreamEnabled = false, StreamViewType = 'nothing' } = actual.StreamSpecification ?? {};
  return shape.stream !== undefined && StreamEnabled && StreamViewType !== shape.stream
    ? `has a stream of ${StreamViewType} instead of ${shape.stream}`
    : undefined;
}

type Keyed = Pick<TableDescription, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'>;

/** For the table and for each index one line that says its keys with their types, and what the index holds. */
function keysByPlace({ AttributeDefinitions = [], KeySchema, GlobalSecondaryIndexes = [] }: Keyed) {
  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const keysOf = (schema: Keyed['KeySchema'] = []) =>
    schema.map(
      ({ AttributeName = '', KeyType = '' }) => `${KeyType} ${AttributeName} ${types.get(AttributeName) ?? '?'}`,
    );

  return new Map([
    ['primary key', keysOf(KeySchema).join(', ')],
    ...GlobalSecondaryIndexes.map((index): [string, string] => [
      `index ${index.IndexName ?? ''}`,
      [...keysOf(index.KeySchema), index.Projection?.ProjectionType].join(', '),
    ]),
  ]);
}
