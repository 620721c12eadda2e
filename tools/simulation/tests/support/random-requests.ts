import * as fc from 'fast-check';

/** One request by its operation and input, in the SDK's form; the table's name is filled in when it is sent. */
export interface RandomRequest {
  readonly operation:
    | 'GetItem'
    | 'PutItem'
    | 'UpdateItem'
    | 'DeleteItem'
    | 'Query'
    | 'Scan'
    | 'BatchGetItem'
    | 'TransactGetItems'
    | 'TransactWriteItems';
  readonly input: Record<string, unknown>;
}

type Value = Record<string, unknown>;

const partitions = ['USER#ada', 'USER#bob'];
const sorts = ['BALANCE#EUR', 'BALANCE#USD', 'TXN#01', 'TXN#02'];
const attributes = ['availableMinor', 'heldMinor', 'version', 'status', 'tags', 'fills', 'meta', 'owner', 'rank'];

const key = fc.record({ pk: fc.constantFrom(...partitions), sk: fc.constantFrom(...sorts) }).map(({ pk, sk }) => ({
  pk: { S: pk },
  sk: { S: sk },
}));

const text = fc.constantFrom('', 'ACTIVE', 'ACT', 'FROZEN', 'z', 'é', '\u{1F600}', '\uFF5E');
const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '0.5', '1e3', '100000000000000000000000', '0.000000000000000001', '007', '-2.50'),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String),
);
const textSet = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((SS): Value => ({ SS }));
const numberSet = fc.uniqueArray(fc.constantFrom('1', '2', '3.5'), { minLength: 1 }).map((NS): Value => ({ NS }));
const scalar: fc.Arbitrary<Value> = fc.oneof(
  text.map((S): Value => ({ S })),
  number.map((N): Value => ({ N })),
  fc.boolean().map((BOOL): Value => ({ BOOL })),
  fc.constant<Value>({ NULL: true }),
);
const list = fc.array(scalar, { maxLength: 3 }).map((L): Value => ({ L }));
const map = fc.dictionary(fc.constantFrom('a', 'b'), scalar, { maxKeys: 2 }).map((M): Value => ({ M: { ...M } }));
const value: fc.Arbitrary<Value> = fc.oneof({ weight: 4, arbitrary: scalar }, textSet, numberSet, list, map);

/** `owner` and `rank` are the keys of the index: mostly of the right type. */
const valueOf = (name: string): fc.Arbitrary<Value> => {
  if (name === 'owner')
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom('ada', 'bob').map((S): Value => ({ S })) }, value);
  if (name === 'rank')
    return fc.oneof({ weight: 9, arbitrary: fc.nat(1_000_000).map((N): Value => ({ N: String(N) })) }, value);
  if (name.endsWith('Minor') || name === 'version') {
    return fc.oneof({ weight: 4, arbitrary: number.map((N): Value => ({ N })) }, value);
  }
  if (name === 'tags') return fc.oneof({ weight: 4, arbitrary: textSet }, value);
  if (name === 'fills') return fc.oneof({ weight: 4, arbitrary: list }, value);
  if (name === 'meta') return fc.oneof({ weight: 4, arbitrary: map }, value);
  return value;
};

const attribute = fc.constantFrom(...attributes);
const named = attribute.chain((name) => valueOf(name).map((content) => ({ name, content })));
const item = fc
  .tuple(key, fc.uniqueArray(named, { selector: ({ name }) => name, maxLength: 6 }))
  .map(([itemKey, parts]) => ({
    ...itemKey,
    ...Object.fromEntries(parts.map(({ name, content }) => [name, content])),
  }));

/** An expression in the making: its text with the names and values that it uses. */
interface Draft {
  readonly text: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, Value>;
}

const merged = (parts: readonly Draft[], text: string): Draft => ({
  text,
  names: Object.assign({}, ...parts.map(({ names }) => names)) as Record<string, string>,
  values: Object.assign({}, ...parts.map(({ values }) => values)) as Record<string, Value>,
});

let counter = 0;
const place = (name: string, rest = ''): Draft => ({
  text: `#${name}${rest}`,
  names: { [`#${name}`]: name },
  values: {},
});
const given = (content: Value): Draft => {
  counter += 1;
  return { text: `:v${counter}`, names: {}, values: { [`:v${counter}`]: content } };
};

const path = fc.oneof(
  { weight: 6, arbitrary: attribute.map((name) => place(name)) },
  fc.constantFrom('[0]', '[1]').map((rest) => place('fills', rest)),
  fc.constantFrom('.a', '.b').map((rest) => place('meta', rest)),
);
const literal = value.map(given);
const comparator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');

const comparison = fc.oneof(
  fc
    .tuple(path, comparator, fc.oneof({ weight: 4, arbitrary: literal }, path))
    .map(([a, sign, b]) => merged([a, b], `${a.text} ${sign} ${b.text}`)),
  named.chain(({ name, content }) =>
    comparator.map((sign) => {
      const [a, b] = [place(name), given(content)];
      return merged([a, b], `${a.text} ${sign} ${b.text}`);
    }),
  ),
  fc.tuple(path, comparator, fc.nat(4)).map(([a, sign, size]) => {
    const b = given({ N: String(size) });
    return merged([a, b], `size(${a.text}) ${sign} ${b.text}`);
  }),
  fc.tuple(path, literal, literal).map(([a, b, c]) => merged([a, b, c], `${a.text} BETWEEN ${b.text} AND ${c.text}`)),
  fc.tuple(path, number, number).map(([a, from, to]) => {
    const [b, c] = [given({ N: from }), given({ N: to })];
    return merged([a, b, c], `${a.text} BETWEEN ${b.text} AND ${c.text}`);
  }),
  fc
    .tuple(path, fc.array(literal, { minLength: 1, maxLength: 3 }))
    .map(([a, rest]) => merged([a, ...rest], `${a.text} IN (${rest.map((part) => part.text).join(', ')})`)),
);
const test = fc.oneof(
  fc
    .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path)
    .map(([name, a]) => merged([a], `${name}(${a.text})`)),
  fc
    .tuple(fc.constantFrom('begins_with', 'contains'), path, literal)
    .map(([name, a, b]) => merged([a, b], `${name}(${a.text}, ${b.text})`)),
  fc.tuple(path, fc.constantFrom('S', 'N', 'L', 'SS', 'M', 'nonsense')).map(([a, type]) => {
    const b = given({ S: type });
    return merged([a, b], `attribute_type(${a.text}, ${b.text})`);
  }),
);
const { condition } = fc.letrec<{ condition: Draft }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: comparison },
    { weight: 3, arbitrary: test },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('condition'), tie('condition'), fc.constantFrom('AND', 'OR'))
        .map(([a, b, word]) => merged([a, b], `${a.text} ${word} ${b.text}`)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('condition'), tie('condition'))
        .map(([a, b]) => merged([a, b], `NOT (${a.text}) AND (${b.text})`)),
    },
  ),
}));

/** The conditions of the libraries themselves. */
const ledgerCondition = fc.oneof(
  fc.constant(merged([place('pk')], 'attribute_not_exists(#pk)')),
  fc.constant(merged([place('pk')], 'attribute_exists(#pk)')),
  number.map((amount) => {
    const [a, b, c, d] = [
      place('availableMinor'),
      given({ N: amount }),
      place('status'),
      given({ S: 'ACTIVE' }),
    ] as const;
    return merged(
      [a, b, c, d],
      `(${a.text} >= ${b.text}) AND ((attribute_not_exists(${c.text})) OR (${c.text} = ${d.text}))`,
    );
  }),
);
const anyCondition = fc.oneof(ledgerCondition, condition);

const setOperand = fc.oneof(
  named.map(({ content }) => given(content)),
  path,
  fc.tuple(path, literal).map(([a, b]) => merged([a, b], `if_not_exists(${a.text}, ${b.text})`)),
  fc.tuple(path, fc.constantFrom('+', '-'), number).map(([a, sign, amount]) => {
    const b = given({ N: amount });
    return merged([a, b], `${a.text} ${sign} ${b.text}`);
  }),
  fc.tuple(path, list).map(([a, content]) => {
    const b = given(content);
    return merged([a, b], `list_append(${a.text}, ${b.text})`);
  }),
);
const clausePart = {
  SET: fc.tuple(path, setOperand).map(([a, b]) => merged([a, b], `${a.text} = ${b.text}`)),
  REMOVE: path,
  ADD: fc
    .tuple(
      path,
      fc.oneof(
        number.map((N): Value => ({ N })),
        textSet,
        numberSet,
        value,
      ),
    )
    .map(([a, content]) => {
      const b = given(content);
      return merged([a, b], `${a.text} ${b.text}`);
    }),
  DELETE: fc.tuple(path, fc.oneof(textSet, numberSet)).map(([a, content]) => {
    const b = given(content);
    return merged([a, b], `${a.text} ${b.text}`);
  }),
};
const clauseOf = (word: keyof typeof clausePart) =>
  fc
    .array(clausePart[word], { minLength: 1, maxLength: 2 })
    .map((parts) => merged(parts, `${word} ${parts.map((part) => part.text).join(', ')}`));
const randomUpdate = fc
  .uniqueArray(fc.constantFrom('SET' as const, 'REMOVE' as const, 'ADD' as const, 'DELETE' as const), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((words) => fc.tuple(...words.map(clauseOf)))
  .map((clauses) => merged(clauses, clauses.map((clause) => clause.text).join(' ')));

/** The updates of the libraries themselves: a conditional credit or debit. */
const ledgerUpdate = number.map((amount) => {
  const [a, b, c, d, e] = [
    place('availableMinor'),
    given({ N: amount }),
    place('version'),
    given({ N: '1' }),
    place('status'),
  ] as const;
  const f = given({ S: 'ACTIVE' });
  return merged(
    [a, b, c, d, e, f],
    `SET ${e.text} = if_not_exists(${e.text}, ${f.text}) ADD ${a.text} ${b.text}, ${c.text} ${d.text}`,
  );
});
const anyUpdate = fc.oneof(ledgerUpdate, ledgerUpdate, randomUpdate);

const placeholders = (drafts: readonly Draft[]) => {
  const { names, values } = merged(drafts, '');
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};
const expressions = (drafts: Readonly<Record<string, Draft | undefined>>) => {
  const present = Object.entries(drafts).flatMap(([name, draft]) => (draft ? [{ name, draft }] : []));
  return {
    ...Object.fromEntries(present.map(({ name, draft }) => [name, draft.text])),
    ...placeholders(present.map(({ draft }) => draft)),
  };
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const allOld = fc.constantFrom(undefined, 'ALL_OLD', 'NONE');

const putBody = fc
  .tuple(item, maybe(anyCondition), allOld)
  .map(([Item, ConditionExpression, ReturnValuesOnConditionCheckFailure]) => ({
    Item,
    ...expressions({ ConditionExpression }),
    ReturnValuesOnConditionCheckFailure,
  }));
const updateBody = fc
  .tuple(key, anyUpdate, maybe(anyCondition), allOld)
  .map(([Key, UpdateExpression, ConditionExpression, ReturnValuesOnConditionCheckFailure]) => ({
    Key,
    ...expressions({ UpdateExpression, ConditionExpression }),
    ReturnValuesOnConditionCheckFailure,
  }));
const deleteBody = fc
  .tuple(key, maybe(anyCondition), allOld)
  .map(([Key, ConditionExpression, ReturnValuesOnConditionCheckFailure]) => ({
    Key,
    ...expressions({ ConditionExpression }),
    ReturnValuesOnConditionCheckFailure,
  }));
const checkBody = fc
  .tuple(key, anyCondition, allOld)
  .map(([Key, ConditionExpression, ReturnValuesOnConditionCheckFailure]) => ({
    Key,
    ...expressions({ ConditionExpression }),
    ReturnValuesOnConditionCheckFailure,
  }));

const projection = fc
  .uniqueArray(path, { minLength: 1, maxLength: 3, selector: ({ text }) => text })
  .map((parts) => merged(parts, parts.map((part) => part.text).join(', ')));
const tableKeyCondition = fc
  .tuple(
    fc.constantFrom(...partitions),
    maybe(
      fc.oneof(
        fc.constantFrom('BALANCE#', 'TXN#', 'TXN#01', '').map((prefix) => {
          const b = given({ S: prefix });
          return merged([place('sk'), b], `begins_with(#sk, ${b.text})`);
        }),
        fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.constantFrom(...sorts)).map(([sign, sort]) => {
          const b = given({ S: sort });
          return merged([place('sk'), b], `#sk ${sign} ${b.text}`);
        }),
        fc.tuple(fc.constantFrom(...sorts), fc.constantFrom(...sorts)).map(([from, to]) => {
          const [b, c] = [given({ S: from }), given({ S: to })];
          return merged([place('sk'), b, c], `#sk BETWEEN ${b.text} AND ${c.text}`);
        }),
      ),
    ),
  )
  .map(([partition, sort]) => {
    const [a, b] = [place('pk'), given({ S: partition })];
    return sort
      ? merged([a, b, sort], `${a.text} = ${b.text} AND ${sort.text}`)
      : merged([a, b], `${a.text} = ${b.text}`);
  });
const indexKeyCondition = fc.tuple(fc.constantFrom('ada', 'bob'), maybe(fc.nat(1_000_000))).map(([owner, rank]) => {
  const [a, b] = [place('owner'), given({ S: owner })];
  if (rank === undefined) return merged([a, b], `${a.text} = ${b.text}`);
  const [c, d] = [place('rank'), given({ N: String(rank) })];
  return merged([a, b, c, d], `${a.text} = ${b.text} AND ${c.text} > ${d.text}`);
});

const query = fc
  .record({
    index: fc.boolean(),
    table: tableKeyCondition,
    other: indexKeyCondition,
    filter: maybe(condition),
    projected: maybe(projection),
    Limit: fc.constantFrom(undefined, 1, 2, 3),
    ScanIndexForward: fc.constantFrom(undefined, true, false),
  })
  .map(({ index, table, other, filter, projected, Limit, ScanIndexForward }): RandomRequest => ({
    operation: 'Query',
    input: {
      ...(index && { IndexName: 'byOwner' }),
      ...expressions({
        KeyConditionExpression: index ? other : table,
        FilterExpression: filter,
        ProjectionExpression: projected,
      }),
      ...(!index && { ConsistentRead: true }),
      Limit,
      ScanIndexForward,
    },
  }));
const scan = fc
  .tuple(maybe(condition), maybe(projection), fc.constantFrom(undefined, 1, 3), fc.constantFrom(1, 3))
  .map(([FilterExpression, ProjectionExpression, Limit, TotalSegments]): RandomRequest => ({
    operation: 'Scan',
    input: { ...expressions({ FilterExpression, ProjectionExpression }), Limit, TotalSegments, ConsistentRead: true },
  }));
/** Which item an action is about: no two of a transaction may be about one. */
function addressOf(action: Readonly<Record<string, { readonly Key?: object; readonly Item?: object }>>): string {
  const [body] = Object.values(action);
  const { pk, sk } = (body?.Key ?? body?.Item) as { readonly pk: unknown; readonly sk: unknown };

  return JSON.stringify([pk, sk]);
}

const transaction = fc
  .uniqueArray(
    fc.oneof(
      putBody.map((Put) => ({ Put })),
      { weight: 2, arbitrary: updateBody.map((Update) => ({ Update })) },
      deleteBody.map((Delete) => ({ Delete })),
      checkBody.map((ConditionCheck) => ({ ConditionCheck })),
    ),
    { minLength: 1, maxLength: 4, selector: addressOf },
  )
  .chain((TransactItems) =>
    fc.constantFrom(undefined, 'token-1', 'token-2').map((ClientRequestToken): RandomRequest => ({
      operation: 'TransactWriteItems',
      input: { TransactItems, ClientRequestToken },
    })),
  );
const keys = fc.array(key, { minLength: 1, maxLength: 4 });

const simple = (operation: RandomRequest['operation'], input: fc.Arbitrary<Record<string, unknown>>) =>
  input.map((body): RandomRequest => ({ operation, input: body }));
const returning = (bodies: fc.Arbitrary<Record<string, unknown>>, choices: readonly (string | undefined)[]) =>
  fc.tuple(bodies, fc.constantFrom(...choices)).map(([body, ReturnValues]) => ({ ...body, ReturnValues }));

/** Any request that the store models. */
export const randomRequest: fc.Arbitrary<RandomRequest> = fc.oneof(
  { weight: 4, arbitrary: simple('PutItem', returning(putBody, [undefined, 'ALL_OLD'])) },
  {
    weight: 5,
    arbitrary: simple(
      'UpdateItem',
      returning(updateBody, [undefined, 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']),
    ),
  },
  { weight: 1, arbitrary: simple('DeleteItem', returning(deleteBody, [undefined, 'ALL_OLD'])) },
  { weight: 5, arbitrary: transaction },
  {
    weight: 1,
    arbitrary: simple(
      'GetItem',
      fc.tuple(key, maybe(projection)).map(([Key, ProjectionExpression]) => ({
        Key,
        ConsistentRead: true,
        ...expressions({ ProjectionExpression }),
      })),
    ),
  },
  { weight: 3, arbitrary: query },
  { weight: 1, arbitrary: scan },
  {
    weight: 1,
    arbitrary: simple(
      'BatchGetItem',
      keys.map((Keys) => ({ Keys, ConsistentRead: true })),
    ),
  },
  {
    weight: 1,
    arbitrary: simple(
      'TransactGetItems',
      keys.map((Keys) => ({ Keys })),
    ),
  },
);
