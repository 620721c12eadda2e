import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from './table-definition.ts';

/** What of keys and indexes differs first between a table as declared and as it is; `undefined` when nothing does. */
export function findTableDifference(declared: TableDefinition, actual: TableDescription): string | undefined {
  const wanted = keysByPlace(declared);
  const found = keysByPlace(actual);

  for (const [place, keys] of wanted) {
    const there = found.get(place);
    if (there === undefined) return `lacks the ${place} (${keys})`;
    if (there !== keys) return `has the ${place} (${there}) instead of (${keys})`;
  }
  for (const [place, keys] of found) {
    if (!wanted.has(place)) return `has the ${place} (${keys}), which is not declared`;
  }
  return undefined;
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
