import type { TableShape } from '@cnop/utils';
import * as fc from 'fast-check';
import type { StoreRequest } from '../../src/store/answer.ts';

const indexKeys = { partitionKey: { name: 'owner', type: 'S' }, sortKey: { name: 'rank', type: 'N' } } as const;

/** The table that the requests are for. */
export const shape: TableShape = {
  name: 'random',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    { name: 'byOwner', ...indexKeys, projection: 'ALL' },
    { name: 'keysByOwner', ...indexKeys, projection: 'KEYS_ONLY' },
  ],
};

type Value = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, unknown>>;

/** A value within the text of an expression; see {@link expressions}. */
export const given = (value: Value): string => `\`${JSON.stringify(value)}\``;

/** Expressions as DynamoDB takes them, of texts with `#name` for attributes and JSON in backticks for values. */
export function expressions(texts: Readonly<Record<string, string | undefined>>): Body {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const read = (text: string) =>
    text
      .replace(/`([^`]*)`/g, (_, json: string) => {
        const name = `:v${Object.keys(values).length}`;
        values[name] = JSON.parse(json);
        return name;
      })
      .replace(/#\w+/g, (name) => (names[name] = name.slice(1)) && name);
  const present = Object.entries(texts).flatMap(([field, text]) => (text === undefined ? [] : [[field, read(text)]]));

  return {
    ...(Object.fromEntries(present) as Body),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

const partitions = ['USER#ada', 'USER#bob'];
const sorts = ['BALANCE#EUR', 'BALANCE#USD', 'TXN#01', 'TXN#02'];
/** The keys of all items that there may be. */
export const allKeys = partitions.flatMap((pk) => sorts.map((sk) => ({ pk: { S: pk }, sk: { S: sk } })));
const key = fc.constantFrom(...allKeys);

const text = fc.constantFrom('', 'ACT', 'ACTIVE', '\u{1F600}', '\uFF5E').map((S): Value => ({ S }));
const number = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom('0', '1', '2', '-1', '007') },
    fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String),
  )
  .map((N): Value => ({ N }));
const scalar = fc.oneof(
  text,
  number,
  fc.boolean().map((BOOL): Value => ({ BOOL })),
  fc.constant<Value>({ NULL: true }),
);
const list = fc.array(scalar, { maxLength: 3 }).map((L): Value => ({ L }));
const map = fc.dictionary(fc.constantFrom('a', 'b'), scalar, { maxKeys: 2 }).map((M): Value => ({ M: { ...M } }));
const value = fc.oneof({ weight: 4, arbitrary: scalar }, list, map);

/** What each attribute mostly holds; `owner` and `rank` are the keys of the index. */
const attributes: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  availableMinor: number,
  heldMinor: number,
  version: number,
  status: text,
  fills: list,
  meta: map,
  owner: fc.constantFrom({ S: 'ada' }, { S: 'bob' }),
  rank: fc.nat(3).map((N) => ({ N: String(N) })),
};
const attribute = fc.constantFrom(...Object.keys(attributes));
const named = attribute.chain((name) =>
  fc
    .oneof({ weight: 9, arbitrary: attributes[name] ?? value }, value)
    .map((content) => ({ name, content, text: given(content) })),
);
const someNamed = (maxLength: number) =>
  fc.uniqueArray(named, { selector: ({ name }) => name, minLength: 1, maxLength });
const item = fc
  .tuple(key, someNamed(6))
  .map(([keys, parts]) => ({ ...keys, ...Object.fromEntries(parts.map(({ name, content }) => [name, content])) }));

const ordered = fc.oneof(text, number).map(given);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(named, fc.constantFrom('=', '<>')).map(([{ name, text: right }, sign]) => `#${name} ${sign} ${right}`),
    fc
      .tuple(attribute, fc.constantFrom('<', '<=', '>', '>='), ordered)
      .map(([name, sign, right]) => `#${name} ${sign} ${right}`),
    fc
      .tuple(attribute, fc.array(value.map(given), { minLength: 1, maxLength: 3 }))
      .map(([name, candidates]) => `#${name} IN (${candidates.join(', ')})`),
    fc
      .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), attribute)
      .map(([test, name]) => `${test}(#${name})`),
    fc.tuple(attribute, text.map(given)).map(([name, prefix]) => `begins_with(#${name}, ${prefix})`),
    fc
      .tuple(tie('condition'), tie('condition'), fc.constantFrom('AND', 'OR'))
      .map(([left, right, word]) => `${left} ${word} ${right}`),
    tie('condition').map((inner) => (inner.startsWith('(') ? inner : `NOT (${inner})`)),
  ),
}));
/** The updates of the libraries themselves, a conditional credit or debit among them. */
const update = fc
  .tuple(
    someNamed(4),
    fc.boolean(),
    number.map(given),
    fc.uniqueArray(fc.constantFrom('spare', 'note'), { maxLength: 2 }),
  )
  .map(([parts, isOnce, amount, removed]) => {
    const isNumber = ({ name }: { readonly name: string }) => ['availableMinor', 'version'].includes(name);
    const settings = parts
      .filter((part) => !isNumber(part))
      .map(({ name, text: to }) => `#${name} = ${isOnce ? `if_not_exists(#${name}, ${to})` : to}`);
    const additions = parts.filter(isNumber).map(({ name }) => `#${name} ${amount}`);

    return [
      ...(settings.length > 0 ? [`SET ${settings.join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
      ...(additions.length > 0 ? [`ADD ${additions.join(', ')}`] : []),
    ].join(' ');
  });

const maybe = <TValue>(arbitrary: fc.Arbitrary<TValue>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const TableName = shape.name;
const conditional = (fields: fc.Arbitrary<Body>, isRequired = false) =>
  fc
    .tuple(fields, isRequired ? condition : maybe(condition), maybe(fc.constantFrom('ALL_OLD', 'NONE')))
    .map(([{ UpdateExpression, ...rest }, ConditionExpression, ReturnValuesOnConditionCheckFailure]): Body => ({
      TableName,
      ...rest,
      ...expressions({ UpdateExpression: UpdateExpression as string | undefined, ConditionExpression }),
      ReturnValuesOnConditionCheckFailure,
    }));
const Key = key.map((keys) => ({ Key: keys }));
const puts = conditional(item.map((Item) => ({ Item })));
const updates = conditional(fc.tuple(Key, update).map(([keys, UpdateExpression]) => ({ ...keys, UpdateExpression })));
const deletes = conditional(Key);

const actions = fc.oneof(
  puts.map((Put) => ({ Put })),
  { weight: 2, arbitrary: updates.map((Update) => ({ Update })) },
  deletes.map((Delete) => ({ Delete })),
  conditional(Key, true).map((ConditionCheck) => ({ ConditionCheck })),
);
/** Which item an action is about: no two of a transaction may be about one. */
function addressOf(action: object): string {
  const [{ Key: keys, Item }] = Object.values(action) as [{ readonly Key?: Body; readonly Item?: Body }];
  const { pk, sk } = (keys ?? Item)!;

  return JSON.stringify([pk, sk]);
}

const keyCondition = fc
  .tuple(
    fc.constantFrom(...partitions),
    maybe(
      fc.oneof(
        fc.constantFrom('BALANCE#', 'TXN#').map((S) => `begins_with(#sk, ${given({ S })})`),
        fc
          .tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.constantFrom(...sorts))
          .map(([sign, S]) => `#sk ${sign} ${given({ S })}`),
      ),
    ),
  )
  .map(([S, sort]) => ({ text: [`#pk = ${given({ S })}`, sort].filter(Boolean).join(' AND '), index: {} }));
const indexName = fc.constantFrom('byOwner', 'keysByOwner');
const indexCondition = fc
  .tuple(fc.constantFrom('ada', 'bob'), maybe(fc.nat(3)), indexName)
  .map(([S, rank, IndexName]) => ({
    text: `#owner = ${given({ S })}${rank === undefined ? '' : ` AND #rank > ${given({ N: String(rank) })}`}`,
    index: { IndexName, ConsistentRead: undefined },
  }));
const projection = maybe(
  fc.uniqueArray(attribute, { minLength: 1, maxLength: 3 }).map((names) => names.map((name) => `#${name}`).join(', ')),
);
const Limit = fc.constantFrom(undefined, 1, 2, 3);

const requests = (operation: string, body: fc.Arbitrary<Body>) =>
  body.map((fields): StoreRequest => ({ operation, body: fields }));
const keys = fc.array(key, { minLength: 1, maxLength: 4 });

/** An item to start with. */
export const randomPut = requests(
  'PutItem',
  item.map((Item) => ({ TableName, Item })),
);

/** Any request that the store models. */
export const randomRequest: fc.Arbitrary<StoreRequest> = fc.oneof(
  { weight: 4, arbitrary: requests('PutItem', puts) },
  {
    weight: 5,
    arbitrary: requests(
      'UpdateItem',
      fc
        .tuple(updates, maybe(fc.constantFrom('NONE', 'ALL_NEW')))
        .map(([body, ReturnValues]) => ({ ...body, ReturnValues })),
    ),
  },
  requests('DeleteItem', deletes),
  {
    weight: 5,
    arbitrary: requests(
      'TransactWriteItems',
      fc
        .tuple(
          fc.uniqueArray(actions, { minLength: 1, maxLength: 4, selector: addressOf }),
          fc.constantFrom(undefined, 'token-1', 'token-2'),
        )
        .map(([TransactItems, ClientRequestToken]) => ({ TransactItems, ClientRequestToken })),
    ),
  },
  requests(
    'GetItem',
    fc.tuple(Key, projection).map(([fields, ProjectionExpression]) => ({
      TableName,
      ...fields,
      ConsistentRead: true,
      ...expressions({ ProjectionExpression }),
    })),
  ),
  {
    weight: 3,
    arbitrary: requests(
      'Query',
      fc
        .tuple(fc.oneof(keyCondition, indexCondition), projection, Limit, maybe(fc.boolean()))
        .map(([{ text: KeyConditionExpression, index }, ProjectionExpression, limit, ScanIndexForward]) => ({
          TableName,
          ConsistentRead: true,
          ...index,
          ...expressions({ KeyConditionExpression, ProjectionExpression }),
          Limit: limit,
          ScanIndexForward,
        })),
    ),
  },
  requests(
    'Scan',
    fc.tuple(projection, Limit, fc.constantFrom(1, 3)).map(([ProjectionExpression, limit, TotalSegments]) => ({
      TableName,
      ...expressions({ ProjectionExpression }),
      Limit: limit,
      TotalSegments,
      ConsistentRead: true,
    })),
  ),
  requests(
    'BatchGetItem',
    keys.map((Keys) => ({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } })),
  ),
  requests(
    'TransactGetItems',
    keys.map((all) => ({ TransactItems: all.map((one) => ({ Get: { TableName, Key: one } })) })),
  ),
);
