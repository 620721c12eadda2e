import type { KeyAttribute } from '@cnop/utils';
import { assertModelled, NotModelledError, StoreError, validationError, type RequestBody } from './answer.ts';
import { readExpressions } from './expression.ts';
import { addressOf, byKeys, exactKeyOf, keysOf, tableOf, type StoreContext, type Table } from './table.ts';
import { readItem, type Item } from './value.ts';

const shapeFields = ['ProjectionExpression', 'ExpressionAttributeNames'];
const mostItems = 100;

/** GetItem, always consistent: only indexes lag here. */
export function getItem(context: StoreContext, body: RequestBody) {
  assertModelled('GetItem', body, ['TableName', 'Key', 'ConsistentRead', ...shapeFields]);

  return answerOf(addressed(context, body).read());
}

/** BatchGetItem: every key is processed. */
export function batchGetItem(context: StoreContext, body: RequestBody) {
  assertModelled('BatchGetItem', body, ['RequestItems']);
  const requests = Object.entries(body['RequestItems'] as Record<string, RequestBody>);
  const found = requests.map(([TableName, request]) => {
    assertModelled('BatchGetItem', request, ['Keys', 'ConsistentRead', ...shapeFields]);
    return [
      TableName,
      (request['Keys'] as object[]).map((Key) => addressed(context, { ...request, TableName, Key })),
    ] as const;
  });
  assertDistinct(found.flatMap(([, addresses]) => addresses));

  const itemsOf = (addresses: readonly Addressed[]) =>
    addresses.map(({ read }) => read()).filter((item) => item !== undefined);
  return {
    Responses: Object.fromEntries(found.map(([name, addresses]) => [name, itemsOf(addresses)])),
    UnprocessedKeys: {},
  };
}

/** TransactGetItems: all items at one instant, or a cancellation where a transaction has taken one of them. */
export function transactGetItems(context: StoreContext, body: RequestBody) {
  assertModelled('TransactGetItems', body, ['TransactItems']);
  const addresses = (body['TransactItems'] as RequestBody[]).map((item) => {
    assertModelled('TransactGetItems', item, ['Get']);
    assertModelled('Get', item['Get'] as RequestBody, ['TableName', 'Key', ...shapeFields]);
    return addressed(context, item['Get'] as RequestBody);
  });
  assertDistinct(addresses);

  const CancellationReasons = addresses.map(({ address }) => ({
    Code: context.taken.has(address) ? 'TransactionConflict' : 'None',
  }));
  if (CancellationReasons.some(({ Code }) => Code !== 'None')) {
    throw new StoreError('TransactionCanceledException', 'Transaction cancelled', { CancellationReasons });
  }
  return { Responses: addresses.map(({ read }) => answerOf(read())) };
}

const answerOf = (item: Item | undefined) => (item ? { Item: item } : {});

interface Addressed {
  readonly address: string;
  readonly read: () => Item | undefined;
}

function addressed(context: StoreContext, body: RequestBody): Addressed {
  const table = tableOf(context, body['TableName']);
  const expressions = readExpressions(body);
  const project = expressions.projection(body['ProjectionExpression']);
  expressions.finish();
  const key = exactKeyOf(table, readItem(body['Key']));
  const read = () => {
    const item = table.items.get(key);
    return item && project(item);
  };

  return { address: addressOf(table, key), read };
}

function assertDistinct(addresses: readonly Addressed[]): void {
  if (addresses.length === 0 || addresses.length > mostItems)
    throw validationError('1 to 100 items can be read at once');
  if (new Set(addresses.map(({ address }) => address)).size < addresses.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}

const pageFields = ['TableName', 'Limit', 'ExclusiveStartKey', 'ConsistentRead', ...shapeFields];
const queryFields = ['IndexName', 'KeyConditionExpression', 'ExpressionAttributeValues', 'ScanIndexForward'];

/** Query of a table, or of an index as it was some moments ago. */
export function query(context: StoreContext, body: RequestBody) {
  assertModelled('Query', body, [...pageFields, ...queryFields]);
  const table = tableOf(context, body['TableName']);
  const { keys, items } = sourceOf(context, table, body);
  const expressions = readExpressions(body);
  const condition = expressions.condition(body['KeyConditionExpression']);
  const project = expressions.projection(body['ProjectionExpression']);
  expressions.finish();
  const [partition] = keys;
  const isOnKeys = [...condition.names].every((name) => keys.some((key) => key.name === name));
  if (!partition || !condition.names.has(partition.name) || !isOnKeys) {
    throw validationError('Query key condition not supported');
  }

  const pageKeys = [...keys, ...(body['IndexName'] === undefined ? [] : keysOf(table.shape))];
  const forward = byKeys(pageKeys);
  const found = items.filter((item) => keys.every(({ name }) => item[name]) && condition.holds(item));
  return pageOf({
    items: found,
    keys: pageKeys,
    isWithin: condition.holds,
    order: body['ScanIndexForward'] === false ? (left, right) => forward(right, left) : forward,
    project,
    body,
  });
}

function sourceOf({ now }: StoreContext, table: Table, body: RequestBody) {
  if (body['IndexName'] === undefined) return { keys: keysOf(table.shape), items: [...table.items.values()] };

  const index = table.shape.indexes.find(({ name }) => name === body['IndexName']);
  if (!index) throw validationError('The table does not have the specified index');
  if (body['ConsistentRead'] === true) throw validationError('Consistent reads are not supported on indexes');
  const keys = keysOf(index);
  const names = [...keysOf(table.shape), ...keys].map(({ name }) => name);
  const items = [...table.indexed.at(now())];
  return { keys, items: index.projection === 'ALL' ? items : items.map((item) => pick(item, names)) };
}

/** Scan of a table, whole or one segment of it: partitions come in the order of their hashes. */
export function scan(context: StoreContext, body: RequestBody) {
  assertModelled('Scan', body, [...pageFields, 'Segment', 'TotalSegments']);
  const table = tableOf(context, body['TableName']);
  const { Segment = 0, TotalSegments = 1 } = body as { readonly Segment?: number; readonly TotalSegments?: number };
  const expressions = readExpressions(body);
  const project = expressions.projection(body['ProjectionExpression']);
  expressions.finish();

  const keys = keysOf(table.shape);
  const hash = (item: Item) => hashOf(JSON.stringify(item[table.shape.partitionKey.name]));
  const order = byKeys(keys);
  return pageOf({
    items: [...table.items.values()].filter((item) => hash(item) % TotalSegments === Segment),
    keys,
    isWithin: () => true,
    order: (left, right) => hash(left) - hash(right) || order(left, right),
    project,
    body,
  });
}

/** FNV-1a. @see {@link http://www.isthe.com/chongo/tech/comp/fnv/} */
const hashOf = (text: string): number =>
  Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193) >>> 0, 0x811c_9dc5);

interface Found {
  readonly items: readonly Item[];
  /** The attributes by which the next page starts. */
  readonly keys: readonly KeyAttribute[];
  /** Whether a page may start after these keys. */
  readonly isWithin: (start: Item) => boolean;
  readonly order: (left: Item, right: Item) => number;
  readonly project: (item: Item) => Item;
  readonly body: RequestBody;
}

/** DynamoDB ends a page at 1 MB; stay below, so that this never has to be modelled. */
const mostOfAPage = 2_000;

function pageOf({ items, keys, isWithin, order, project, body }: Found) {
  const { Limit = Infinity, ExclusiveStartKey } = body as {
    readonly Limit?: number;
    readonly ExclusiveStartKey?: object;
  };
  const start = ExclusiveStartKey && readItem(ExclusiveStartKey);
  if (
    start &&
    !(Object.keys(start).length === keys.length && keys.every(({ name }) => start[name]) && isWithin(start))
  ) {
    throw validationError('The provided starting key is invalid or outside of the query');
  }
  const left = start ? items.filter((item) => order(start, item) < 0) : items;
  const page = left.toSorted(order).slice(0, Limit);
  const last = page.at(-1);
  if (page.length > mostOfAPage) throw new NotModelledError(`A page of more than ${mostOfAPage} items is not modelled`);

  return {
    Items: page.map(project),
    Count: page.length,
    ScannedCount: page.length,
    // A page that was ended by its limit does not look whether there is more.
    ...(last &&
      page.length === Limit && {
        LastEvaluatedKey: pick(
          last,
          keys.map(({ name }) => name),
        ),
      }),
  };
}

const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
