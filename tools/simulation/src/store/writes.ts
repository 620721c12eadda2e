import { assertModelled, StoreError, validationError, type RequestBody } from './answer.ts';
import { readExpressions } from './expression.ts';
import { addressOf, assertIndexable, exactKeyOf, keyOf, keysOf, tableOf, type StoreContext } from './table.ts';
import { readItem, type Item } from './value.ts';

type WriteKind = 'Put' | 'Update' | 'ConditionCheck';

const expressionFields = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const commonFields = ['TableName', ...expressionFields, 'ReturnValuesOnConditionCheckFailure'];
const kinds: Readonly<Record<WriteKind, readonly string[]>> = {
  Put: [...commonFields, 'Item'],
  Update: [...commonFields, 'Key', 'UpdateExpression'],
  ConditionCheck: [...commonFields, 'Key'],
};

type Write = ReturnType<typeof readWrite>;

/** A write that is not yet carried out. @throws ValidationException. */
function readWrite(context: StoreContext, kind: WriteKind, body: RequestBody) {
  const table = tableOf(context, body['TableName']);
  const expressions = readExpressions(body);
  const update = kind === 'Update' ? expressions.update(body['UpdateExpression']) : undefined;
  const condition = expressions.condition(body['ConditionExpression']);
  expressions.finish();
  if (kind === 'ConditionCheck' && body['ConditionExpression'] === undefined) {
    throw validationError('A condition check needs a condition');
  }
  if (keysOf(table.shape).some(({ name }) => update?.names.has(name))) {
    throw validationError('Cannot update an attribute that is part of the key');
  }
  const given = readItem(kind === 'Put' ? body['Item'] : body['Key']);
  const key = kind === 'Put' ? keyOf(table, given) : exactKeyOf(table, given);
  const current = () => table.items.get(key);
  /** The item after the write. @throws ValidationException when it cannot be made of the item before. */
  const after = () => {
    if (kind === 'Put') return given;
    const item = update?.apply(current() ?? given) ?? given;
    assertIndexable(table, item);
    return item;
  };

  return {
    address: addressOf(table, key),
    current,
    /** Refuses a put that an index cannot take: DynamoDB looks at a transaction's token before. @throws ValidationException. */
    assertStorable: () => {
      if (kind === 'Put') assertIndexable(table, given);
    },
    holds: () => condition.holds(current() ?? {}),
    after,
    carryOut: () => {
      if (kind === 'ConditionCheck') return;
      const item = after();
      table.items.set(key, item);
      table.indexed.change(key, item, context.now() + context.indexLagMs());
      context.onWrite(item);
    },
    /** The item on which the condition failed, if the request asks for it. */
    failedOn: (): { readonly Item?: Item } => {
      const item = body['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? current() : undefined;
      return item ? { Item: item } : {};
    },
  };
}

/** PutItem, or UpdateItem that returns the whole item, at one instant; refused while a transaction has taken the item. */
export function writeItem(context: StoreContext, kind: 'Put' | 'Update', body: RequestBody) {
  const { ReturnValues, ...rest } = body;
  assertModelled(`${kind}Item`, kind === 'Update' && ReturnValues === 'ALL_NEW' ? rest : body, kinds[kind]);
  const write = readWrite(context, kind, rest);
  write.assertStorable();
  if (context.taken.has(write.address)) {
    throw new StoreError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  if (!write.holds()) {
    throw new StoreError('ConditionalCheckFailedException', 'The conditional request failed', write.failedOn());
  }
  write.carryOut();

  return ReturnValues === 'ALL_NEW' ? { Attributes: write.current() } : {};
}

const mostActions = 100;
/** @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html} */
const rememberedMs = 10 * 60_000;

/**
 * Starts a TransactWriteItems: takes its items if nobody else has taken one and every condition holds. Nobody else can write them until
 * it is carried out by the function that this gives.
 *
 * @throws TransactionCanceledException with a reason per action, TransactionInProgressException,
 *   IdempotentParameterMismatchException, ValidationException.
 */
export function startTransaction(context: StoreContext, body: RequestBody): () => void {
  assertModelled('TransactWriteItems', body, ['TransactItems', 'ClientRequestToken']);
  const writes = readTransaction(context, body['TransactItems'] as RequestBody[]);
  const token = body['ClientRequestToken'] as string | undefined;
  const payload = JSON.stringify(body['TransactItems']);
  if (token !== undefined && wasDone(context, token, payload)) return () => undefined;
  for (const write of writes) write.assertStorable();

  const CancellationReasons = writes.map((write) => reasonOf(context, write));
  if (CancellationReasons.some(({ Code }) => Code !== 'None')) {
    throw new StoreError('TransactionCanceledException', 'Transaction cancelled', { CancellationReasons });
  }
  for (const { address } of writes) context.taken.add(address);
  if (token !== undefined) context.tokens.set(token, { payload });

  return () => {
    for (const { address, carryOut } of writes) {
      context.taken.delete(address);
      carryOut();
    }
    if (token !== undefined) context.tokens.set(token, { payload, doneAt: context.now() });
  };
}

function readTransaction(context: StoreContext, items: readonly RequestBody[]): Write[] {
  if (items.length === 0 || items.length > mostActions) throw validationError('A transaction has 1 to 100 actions');
  const writes = items.map((item) => {
    assertModelled('TransactWriteItems', item, Object.keys(kinds));
    const [[kind, body] = [], ...others] = Object.entries(item) as [WriteKind, RequestBody][];
    if (!kind || !body || others.length > 0) throw validationError('TransactItems can only contain one of each');
    assertModelled(kind, body, kinds[kind]);
    return readWrite(context, kind, body);
  });
  if (new Set(writes.map(({ address }) => address)).size < writes.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  return writes;
}

/** Whether a transaction was carried out under this token in the last ten minutes. */
function wasDone({ tokens, now }: StoreContext, token: string, payload: string): boolean {
  const known = tokens.get(token);
  if (!known || (known.doneAt !== undefined && now() - known.doneAt > rememberedMs)) return false;

  if (known.payload !== payload) {
    throw new StoreError('IdempotentParameterMismatchException', 'Another transaction was sent under this token');
  }
  if (known.doneAt === undefined) {
    throw new StoreError('TransactionInProgressException', 'Transaction is already in progress for the given token');
  }
  return true;
}

function reasonOf({ taken }: StoreContext, { address, holds, failedOn, after }: Write) {
  if (taken.has(address)) return { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
  if (!holds()) return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...failedOn() };

  try {
    after();
    return { Code: 'None' };
  } catch (error) {
    if (error instanceof StoreError) return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}
