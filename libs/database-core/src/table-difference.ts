import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableShape } from '@cnop/utils';
import { defineTable } from './table-definition.ts';

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
