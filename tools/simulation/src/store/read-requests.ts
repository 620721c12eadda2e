import { readAttributes, type Item } from './attribute-value.ts';
import { readPlaceholders, type ExpressionAttributes } from './expression/placeholders.ts';
import { parseProjection, project } from './expression/project.ts';
import { exactKeyOf, type ItemKey } from './item-key.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { addressOf, tableOf, type StoreContext } from './store-context.ts';
import { StoreError, validationError } from './store-error.ts';
import type { Table } from './table.ts';

interface KeyedBody extends ExpressionAttributes {
  readonly TableName: string;
  readonly Key: Readonly<Record<string, unknown>>;
  readonly ProjectionExpression?: string;
}

const expressionFields = ['ProjectionExpression', 'ExpressionAttributeNames'];
const mostItems = 100;

/** GetItem, always consistent: no base table here lags. */
export function getItemRequest(context: StoreContext, body: RequestBody) {
  assertModelled('GetItem', body, ['TableName', 'Key', 'ConsistentRead', ...expressionFields]);
  const { table, key, shape } = addressed(context, body as unknown as KeyedBody);
  const item = table.get(key);

  return item ? { Item: shape(item) } : {};
}

/** BatchGetItem: every key is processed. */
export function batchGetItemRequest(context: StoreContext, body: RequestBody) {
  assertModelled('BatchGetItem', body, ['RequestItems']);
  const requests = Object.entries(body['RequestItems'] as Record<string, RequestBody>);
  const found = requests.map(([TableName, request]) => {
    assertModelled('BatchGetItem', request, ['Keys', 'ConsistentRead', ...expressionFields]);
    const keys = request['Keys'] as KeyedBody['Key'][];
    return [TableName, keys.map((Key) => addressed(context, { ...request, TableName, Key }))] as const;
  });
  assertDistinct(found.flatMap(([, addresses]) => addresses));

  return {
    Responses: Object.fromEntries(
      found.map(([TableName, addresses]) => [
        TableName,
        addresses.flatMap(({ table, key, shape }) => {
          const item = table.get(key);
          return item ? [shape(item)] : [];
        }),
      ]),
    ),
    UnprocessedKeys: {},
  };
}

/** TransactGetItems: all items at one instant, or a cancellation where a transaction has taken one of them. */
export function transactGetItemsRequest(context: StoreContext, body: RequestBody) {
  assertModelled('TransactGetItems', body, ['TransactItems']);
  const addresses = (body['TransactItems'] as RequestBody[]).map((item) => {
    assertModelled('TransactGetItems', item, ['Get']);
    const get = item['Get'] as RequestBody;
    assertModelled('Get', get, ['TableName', 'Key', ...expressionFields]);
    return addressed(context, get as unknown as KeyedBody);
  });
  assertDistinct(addresses);

  const taken = addresses.map(({ table, key }) => context.taken.has(addressOf(table, key)));
  if (taken.includes(true)) {
    throw new StoreError('TransactionCanceledException', 'Transaction cancelled', {
      CancellationReasons: taken.map((isTaken) => ({ Code: isTaken ? 'TransactionConflict' : 'None' })),
    });
  }
  return {
    Responses: addresses.map(({ table, key, shape }) => {
      const item = table.get(key);
      return item ? { Item: shape(item) } : {};
    }),
  };
}

interface Addressed {
  readonly table: Table;
  readonly key: ItemKey;
  /** The part of the item that was asked for. */
  readonly shape: (item: Item) => Item;
}

function addressed(context: StoreContext, body: KeyedBody): Addressed {
  const table = tableOf(context, body.TableName);
  const placeholders = readPlaceholders(body);
  const paths =
    body.ProjectionExpression === undefined ? undefined : parseProjection(body.ProjectionExpression, placeholders);
  placeholders.finish();

  return {
    table,
    key: exactKeyOf(table.keys, readAttributes(body.Key)),
    shape: (item) => (paths ? project(item, paths) : item),
  };
}

function assertDistinct(addresses: readonly Addressed[]): void {
  const distinct = new Set(addresses.map(({ table, key }) => addressOf(table, key)));

  if (addresses.length === 0 || addresses.length > mostItems)
    throw validationError('1 to 100 items can be read at once');
  if (distinct.size < addresses.length) throw validationError('Provided list of item keys contains duplicates');
}
