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
  const project = projectionOf(body);
  const key = exactKeyOf(table, readItem(body['Key']));
  const read = () => {
    const item = table.items.get(key);
    return item && project(item);
  };

  return { address: addressOf(table, key), read };
}

function projectionOf(body: RequestBody) {
  const expressions = readExpressions(body);
  const project = expressions.projection(body['ProjectionExpression']);
  expressions.finish();
  return project;
}

function assertDistinct(addresses: readonly Addressed[]): void {
  if (addresses.length === 0 || addresses.length > mostItems)
    throw validationError('1 to 100 items can be read at once');
  if (new Set(addresses.map(({ address }) => address)).size < addresses.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}

const pageFields = ['TableName', 'Limit', 'ConsistentRead'];

/** Query of a table, or of an index as it was some moments ago. */
export function query(context: StoreContext, body: RequestBody) {
  const fields = ['IndexName', 'KeyConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
  const shaping = ['ScanIndexForward', 'FilterExpression', 'ProjectionExpression'];
  assertModelled('Query', body, [...pageFields, ...fields, ...shaping]);
  const table = tableOf(context, body['TableName']);
  const { keys, items, projected } = sourceOf(context, table, body);
  const expressions = readExpressions(body);
  const { holds, names } = expressions.condition(body['KeyConditionExpression']);
  const filter = expressions.condition(body['FilterExpression']);
  const project = expressions.projection(body['ProjectionExpression']);
  expressions.finish();
  const isOnKeys = [...names].every((name) => keys.some((key) => key.name === name));
  if (!isOnKeys || !keys[0] || !names.has(keys[0].name)) throw validationError('Query key condition not supported');

  const found = items
    .filter((item) => keys.every(({ name }) => item[name]) && holds(item))
    .toSorted(byKeys([...keys, ...keysOf(table.shape)]));
  const page = firstPageOf(body['ScanIndexForward'] === false ? found.reverse() : found, body);
  const last = body['Limit'] === 1 ? page.at(-1) : undefined;

  const { Items, ScannedCount } = pageOf(page, {});
  const shown = Items.map((item) => pick(item, projected)).filter(filter.holds);
  return {
    ...{ Items: shown.map(project), Count: shown.length, ScannedCount },
    ...(last && { LastEvaluatedKey: pick(last, [...keys, ...keysOf(table.shape)]) }),
  };
}

function sourceOf({ now }: StoreContext, table: Table, { IndexName, ConsistentRead }: RequestBody) {
  if (IndexName === undefined)
    return { keys: keysOf(table.shape), items: [...table.items.values()], projected: undefined };

  const index = table.shape.indexes.find(({ name }) => name === IndexName);
  if (!index) throw validationError('The table does not have the specified index');
  if (ConsistentRead === true) throw validationError('Consistent reads are not supported on indexes');
  const keys = keysOf(index);
  const projected = index.projection === 'ALL' ? undefined : [...keys, ...keysOf(table.shape)];
  return { keys, items: [...table.indexed.at(now())], projected };
}

/** The attributes of an item that an index projects; without names all of them. */
const pick = (item: Item, attributes: readonly { readonly name: string }[] | undefined): Item =>
  attributes
    ? Object.fromEntries(Object.entries(item).filter(([name]) => attributes.some((each) => each.name === name)))
    : item;

/**
 * The first page of a query. Whether one that is just full names a next page is not modelled, but for that of one item: whoever asks for
 * one takes no other page.
 */
function firstPageOf(found: readonly Item[], { Limit = mostOfAPage }: RequestBody): readonly Item[] {
  if (Limit === 1) return found.slice(0, 1);
  if (found.length >= Number(Limit)) throw new NotModelledError('A page that is not the last is not modelled');

  return found;
}

/** Scan of a table, whole or one segment of it. */
export function scan(context: StoreContext, body: RequestBody) {
  assertModelled('Scan', body, [...pageFields, ...shapeFields, 'Segment', 'TotalSegments']);
  const { items, shape } = tableOf(context, body['TableName']);
  const { Segment = 0, TotalSegments = 1 } = body as { readonly Segment?: number; readonly TotalSegments?: number };
  const project = projectionOf(body);

  const isMeant = (item: Item) => hashOf(JSON.stringify(item[shape.partitionKey.name])) % TotalSegments === Segment;
  return pageOf([...items.values()].filter(isMeant).map(project), body);
}

/** FNV-1a. @see {@link http://www.isthe.com/chongo/tech/comp/fnv/} */
const hashOf = (text: string): number =>
  Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193) >>> 0, 0x811c_9dc5);

/** DynamoDB ends a page at 1 MB or at its limit; all stay below both, so that no second page has to be modelled. */
const mostOfAPage = 2_000;

function pageOf(Items: readonly Item[], { Limit = mostOfAPage }: RequestBody) {
  if (Items.length >= Number(Limit)) throw new NotModelledError('A page that is not the last is not modelled');

  return { Items, Count: Items.length, ScannedCount: Items.length };
}
