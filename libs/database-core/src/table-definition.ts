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
