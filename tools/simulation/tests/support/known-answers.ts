import type { TableShape } from '@cnop/utils';
import type { StoreRequest } from '../../src/store/answer.ts';

export const shape: TableShape = {
  name: 'random',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    {
      name: 'byOwner',
      partitionKey: { name: 'owner', type: 'S' },
      sortKey: { name: 'rank', type: 'N' },
      projection: 'ALL',
    },
  ],
};

type Body = Readonly<Record<string, unknown>>;

const textOf = (value: Body): string => `\`${JSON.stringify(value)}\``;

/** An expression as DynamoDB takes it, of a text with `#name` for attributes and JSON in backticks for values. */
function expressions(texts: Readonly<Record<string, string>>): Body {
  const [[field, text] = ['', '']] = Object.entries(texts);
  const values: string[] = [];
  const read = text.replace(/`([^`]*)`/g, (_, json: string) => `:v${values.push(json) - 1}`);
  const names = (read.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]);
  const given = values.map((json, at) => [`:v${at}`, JSON.parse(json) as unknown]);

  return {
    [field]: read,
    ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) as Body }),
    ...(given.length > 0 && { ExpressionAttributeValues: Object.fromEntries(given) as Body }),
  };
}

const TableName = shape.name;
const n = (value: number) => textOf({ N: String(value) });
const s = (value: string) => textOf({ S: value });

const key = { pk: { S: 'USER#ada' }, sk: { S: 'BALANCE#USD' } };
const other = { pk: { S: 'USER#ada' }, sk: { S: 'BALANCE#EUR' } };
const missing = { pk: { S: 'USER#ada' }, sk: { S: 'TXN#01' } };
const item = {
  ...key,
  availableMinor: { N: '100' },
  status: { S: 'ACTIVE' },
  fills: { L: [{ S: 'x' }] },
  meta: { M: { a: { S: 'old' }, b: { N: '1' } } },
  owner: { S: 'ada' },
  rank: { N: '7' },
  face: { S: '\u{1F600}' },
};
const withoutFace = Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'face'));
const keysAlone = { ...other, owner: { S: 'ada' }, rank: { N: '8' } };

export const items = [item, keysAlone];

const conditions: Readonly<Record<string, boolean>> = {
  [`#availableMinor = ${n(100)}`]: true,
  [`#availableMinor = ${s('100')}`]: false,
  [`#availableMinor <> ${n(100)}`]: false,
  [`#availableMinor >= ${n(100)} AND #status = ${s('ACTIVE')}`]: true,
  [`#availableMinor > ${n(100)}`]: false,
  [`#availableMinor > ${n(99)} and #status <> ${s('ACTIVE')}`]: false,
  [`#availableMinor <= ${n(100)}`]: true,
  [`#availableMinor < ${n(100)} OR #status = ${s('FROZEN')}`]: false,
  [`#status < ${s('B')}`]: true,
  [`#status < ${n(1)}`]: false,
  [`#face > ${s('\uFF5E')}`]: true,
  [`#none < ${n(1)} OR #none = ${n(1)}`]: false,
  [`#none <> ${s('x')}`]: true,
  [`(#availableMinor < ${n(9)} OR #status = ${s('ACTIVE')}) AND #availableMinor = ${n(1)}`]: false,
  [`#status IN (${s('x')}, ${s('ACTIVE')})`]: true,
  [`#status IN (${s('x')})`]: false,
  [`#meta = ${textOf({ M: { b: { N: '1' }, a: { S: 'old' } } })}`]: true,
  [`#fills = ${textOf({ L: [{ S: 'x' }, { S: 'y' }] })}`]: false,
  'attribute_exists(#status)': true,
  'attribute_exists(#none)': false,
  'attribute_not_exists(#none)': true,
  'attribute_not_exists(#none) OR attribute_not_exists(#status)': true,
  'attribute_not_exists(#status)': false,
};

const updates: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  [`SET #status = ${s('FROZEN')}`]: { status: { S: 'FROZEN' } },
  [`SET #status = if_not_exists(#status, ${s('x')}), #scale = if_not_exists(#scale, ${n(2)})`]: { scale: { N: '2' } },
  [`SET #copy = if_not_exists(#rank, ${n(1)}) ADD #rank ${n(1)}`]: { copy: { N: '7' }, rank: { N: '8' } },
  [`ADD #availableMinor ${n(-101)}, #version ${n(1)}`]: { availableMinor: { N: '-1' }, version: { N: '1' } },
  [`ADD #availableMinor ${textOf({ N: '100000000000000000000000' })}`]: {
    availableMinor: { N: '100000000000000000000100' },
  },
};

const check = (text: string): StoreRequest => ({
  operation: 'TransactWriteItems',
  body: {
    TransactItems: [{ ConditionCheck: { TableName, Key: key, ...expressions({ ConditionExpression: text }) } }],
  },
});
const update = (UpdateExpression: string, Key: object = key): StoreRequest => ({
  operation: 'UpdateItem',
  body: { TableName, Key, ...expressions({ UpdateExpression }), ReturnValues: 'ALL_NEW' },
});
const query = (KeyConditionExpression: string, fields: object = {}): StoreRequest => ({
  operation: 'Query',
  body: { TableName, ...expressions({ KeyConditionExpression }), ...fields },
});
const page = (...Items: object[]) => ({ Items, Count: Items.length, ScannedCount: Items.length });
const ofAda = `#pk = ${s('USER#ada')}`;
const put = (Item: object, fields: object = {}) => ({ operation: 'PutItem', body: { TableName, Item, ...fields } });
const transaction = (...TransactItems: object[]) => ({ operation: 'TransactWriteItems', body: { TransactItems } });

export const knownAnswers: readonly (readonly [name: string, request: StoreRequest, answer: unknown])[] = [
  ...Object.entries(conditions).map(
    ([text, holds]) =>
      [
        `condition ${text}`,
        check(text),
        holds ? {} : { name: 'TransactionCanceledException', reasons: [{ Code: 'ConditionalCheckFailed' }] },
      ] as const,
  ),
  ...Object.entries(updates).map(
    ([text, changes]) => [`update ${text}`, update(text), { Attributes: { ...item, ...changes } }] as const,
  ),
  ['no item', { operation: 'GetItem', body: { TableName, Key: missing } }, {}],
  [
    'a part of an item',
    { operation: 'GetItem', body: { TableName, Key: key, ...expressions({ ProjectionExpression: '#rank, #none' }) } },
    { Item: { rank: item.rank } },
  ],
  ['a partition in the order of its keys', query(ofAda), page(keysAlone, item)],
  ['the other way', query(ofAda, { ScanIndexForward: false }), page(item, keysAlone)],
  ['a range', query(`${ofAda} AND #sk < ${s('BALANCE#USD')}`), page(keysAlone)],
  [
    'what a filter leaves of a partition, in part',
    query(ofAda, { FilterExpression: 'attribute_not_exists(face)', ProjectionExpression: 'sk' }),
    { Items: [{ sk: other.sk }], Count: 1, ScannedCount: 2 },
  ],
  ['an index', query(`#owner = ${s('ada')} AND #rank > ${n(7)}`, { IndexName: 'byOwner' }), page(keysAlone)],
  [
    'a batch',
    { operation: 'BatchGetItem', body: { RequestItems: { [TableName]: { Keys: [key, missing, other] } } } },
    [item, keysAlone],
  ],
  [
    'an update that takes attributes away',
    update(`SET #status = ${s('x')} REMOVE #face, #none`),
    { Attributes: { ...withoutFace, status: { S: 'x' } } },
  ],
  [
    'an update of nothing',
    update(`ADD #version ${n(1)}`, missing),
    { Attributes: { ...missing, version: { N: '1' } } },
  ],
  [
    'an item that a condition failed on',
    put(key, {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
    { name: 'ConditionalCheckFailedException', Item: item },
  ],
  ...Object.entries({
    'a key that is too short': put({ pk: key.pk }),
    'a key of another type': put({ ...key, pk: { N: '1' } }),
    'an empty key': put({ ...key, sk: { S: '' } }),
    'an index key of another type': put({ ...key, rank: { S: 'x' } }),
    'an empty index key': put({ ...key, owner: { S: '' } }),
    'an index key of another type in an update': update(`SET #rank = ${s('x')}`),
    'an update of a key': update(`SET #sk = ${s('x')}`),
    'an update of one attribute twice': update(`SET #status = ${s('x')} ADD #status ${n(1)}`),
    'an addition to a text': update(`ADD #status ${n(1)}`),
    'an unknown value': { operation: 'UpdateItem', body: { TableName, Key: key, UpdateExpression: 'SET a = :a' } },
    'an unused name': put(key, {
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#a': 'a' },
    }),
    'half an expression': check('attribute_exists(#status'),
    'more than an expression': check(`#status = ${s('x')} #status`),
    'a check of nothing': transaction({ ConditionCheck: { TableName, Key: key } }),
    'a transaction of nothing': transaction(),
    'two actions on one item': transaction(...[key, key].map((Item) => ({ Put: { TableName, Item } }))),
    'a key that is read twice': {
      operation: 'BatchGetItem',
      body: { RequestItems: { [TableName]: { Keys: [key, key] } } },
    },
    'a query without its partition': query(`#sk = ${s('x')}`),
    'an unknown index': query(ofAda, { IndexName: 'none' }),
    'an index that is read consistently': query(`#owner = ${s('ada')}`, { IndexName: 'byOwner', ConsistentRead: true }),
  }).map(([name, request]) => [name, request, 'invalid'] as const),
];
