import { compareValues, readAttributes, type AttributeValue, type Item } from './attribute-value.ts';
import { operandsOf } from './expression/condition.ts';
import { holds } from './expression/evaluate-condition.ts';
import { readKeyCondition, type KeyCondition } from './expression/key-condition.ts';
import { parseCondition } from './expression/parse-condition.ts';
import { keyAttributes, keyText, pickKeys, type KeyAttribute, type KeySchema } from './item-key.ts';
import { pageFields, pageOf, readPageShape, type PageBody, type PageShape } from './page.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { tableOf, type StoreContext } from './store-context.ts';
import { validationError } from './store-error.ts';
import type { Table } from './table.ts';

interface QueryBody extends PageBody {
  readonly KeyConditionExpression: string;
  readonly ScanIndexForward?: boolean;
}

/** Query of a table, or of an index as it was some moments ago. */
export function queryRequest(context: StoreContext, body: RequestBody) {
  assertModelled('Query', body, [...pageFields, 'KeyConditionExpression', 'ScanIndexForward']);
  const query = body as unknown as QueryBody;
  const source = sourceOf(context, query);
  const shape = readPageShape(query);
  const wanted = readKeyCondition(source.keys, parseCondition(query.KeyConditionExpression, shape.placeholders));
  shape.placeholders.finish();
  assertNoKeyFiltered(source.keys, shape);

  const keys = query.IndexName === undefined ? [source.keys] : [source.keys, source.table.keys];
  const order = orderBy(keys, query.ScanIndexForward ?? true);
  const startKey = query.ExclusiveStartKey && readStartKey(query.ExclusiveStartKey, keys);
  if (startKey && !matches(source.keys, wanted, startKey)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }

  const items = source
    .itemsOf(wanted.partition)
    .filter((item) => matches(source.keys, wanted, item) && (!startKey || order(startKey, item) < 0));
  return pageOf(items.toSorted(order), shape, keys);
}

interface Source {
  readonly table: Table;
  readonly keys: KeySchema;
  /** The items that may be in a partition, as the source knows them. */
  readonly itemsOf: (partition: string) => readonly Item[];
}

function sourceOf(context: StoreContext, { TableName, IndexName, ConsistentRead }: QueryBody): Source {
  const table = tableOf(context, TableName);
  if (IndexName === undefined) {
    return { table, keys: table.keys, itemsOf: (partition) => [...table.partition(partition)] };
  }

  const index = table.indexes.get(IndexName);
  if (!index) throw validationError('The table does not have the specified index');
  if (ConsistentRead === true) throw validationError('Consistent reads are not supported on global secondary indexes');
  const project = (item: Item) => (index.projection === 'ALL' ? item : pickKeys([table.keys, index.keys], item));
  return { table, keys: index.keys, itemsOf: () => [...table.indexView.itemsAt(context.now())].map(project) };
}

/** Whether an item is in the partition, has all keys of the source, and a sort key that is wanted. */
function matches(keys: KeySchema, { partition, sort }: KeyCondition, item: Item): boolean {
  const isComplete = keyAttributes(keys).every(({ name }) => item[name] !== undefined);

  return isComplete && keyText(item[keys.partition.name]) === partition && (!sort || holds(sort, item));
}

/** By the sort key, then by the table's own key, both the way that was asked for. */
function orderBy(keys: readonly KeySchema[], forward: boolean): (left: Item, right: Item) => number {
  const attributes = keys.flatMap(keyAttributes);

  return (left, right) => {
    for (const attribute of attributes) {
      const order = compareAttribute(attribute, left, right);
      if (order !== 0) return forward ? order : -order;
    }
    return 0;
  };
}

const compareAttribute = ({ name }: KeyAttribute, left: Item, right: Item): number =>
  compareValues(left[name] as AttributeValue, right[name] as AttributeValue) ?? 0;

/** A filter is for what the keys cannot select. @throws ValidationException. */
function assertNoKeyFiltered(keys: KeySchema, { filter }: PageShape): void {
  const names = keyAttributes(keys).map(({ name }) => name);
  const filtered = filter ? operandsOf(filter) : [];

  if (filtered.some((operand) => operand.kind !== 'value' && names.includes(operand.path[0]))) {
    throw validationError('Filter Expression can only contain non-primary key attributes');
  }
}

/** A start key names exactly the keys by which pages end. @throws ValidationException. */
function readStartKey(raw: Readonly<Record<string, unknown>>, keys: readonly KeySchema[]): Item {
  const startKey = readAttributes(raw);
  const names = new Set(keys.flatMap(keyAttributes).map(({ name }) => name));
  const isExact = Object.keys(startKey).length === names.size && [...names].every((name) => startKey[name]);
  if (!isExact) throw validationError('The provided starting key is invalid');

  return startKey;
}
