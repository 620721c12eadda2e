import type { Item } from './attribute-value.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { addressOf, writeItem, type StoreContext } from './store-context.ts';
import { StoreError, validationError } from './store-error.ts';
import { planWrite, writeFields, type WriteBody, type WriteKind, type WritePlan } from './write-plan.ts';

/** A transaction that has taken its items. Nobody else can write them until it is carried out. */
export interface StartedTransaction {
  carryOut(): Readonly<Record<string, unknown>>;
}

interface Action {
  readonly kind: WriteKind;
  readonly body: WriteBody;
  readonly plan: WritePlan;
  readonly address: string;
}

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

const kinds: readonly WriteKind[] = ['Put', 'Update', 'Delete', 'ConditionCheck'];
const mostActions = 100;
const none: Reason = { Code: 'None' };

/**
 * Starts a TransactWriteItems: takes its items if nobody else has taken one and every condition holds.
 *
 * @throws TransactionCanceledException with a reason per action, TransactionInProgressException,
 *   IdempotentParameterMismatchException, ValidationException.
 */
export function startTransaction(context: StoreContext, body: RequestBody): StartedTransaction {
  assertModelled('TransactWriteItems', body, ['TransactItems', 'ClientRequestToken']);
  const actions = readActions(context, body['TransactItems'] as RequestBody[]);
  const token = body['ClientRequestToken'] as string | undefined;
  const payload = JSON.stringify(body['TransactItems']);
  if (token !== undefined && context.tokens.wasDone(token, payload)) return { carryOut: () => ({}) };
  for (const { plan } of actions) plan.assertStorable();

  const reasons = actions.map((action) => reasonOf(context, action));
  if (reasons.some(({ Code }) => Code !== 'None')) {
    throw new StoreError('TransactionCanceledException', 'Transaction cancelled', { CancellationReasons: reasons });
  }
  for (const { address } of actions) context.taken.add(address);
  if (token !== undefined) context.tokens.start(token, payload);

  return {
    carryOut: () => {
      for (const { kind, plan, address } of actions) {
        context.taken.delete(address);
        if (kind !== 'ConditionCheck') writeItem(context, plan, plan.after(plan.table.get(plan.key)));
      }
      if (token !== undefined) context.tokens.finish(token);
      return {};
    },
  };
}

function readActions(context: StoreContext, items: readonly RequestBody[]): Action[] {
  if (items.length === 0 || items.length > mostActions) throw validationError('A transaction has 1 to 100 actions');

  const actions = items.map((item): Action => {
    assertModelled('TransactWriteItems', item, kinds);
    const [kind, ...others] = kinds.filter((name) => item[name] !== undefined);
    if (kind === undefined || others.length > 0) throw validationError('TransactItems can only contain one of each');

    const body = item[kind] as RequestBody;
    assertModelled(kind, body, [...writeFields[kind], 'ReturnValuesOnConditionCheckFailure']);
    if (kind === 'Update' && body['UpdateExpression'] === undefined)
      throw validationError('An update needs an expression');
    const plan = planWrite(context, kind, body as unknown as WriteBody);
    return { kind, body: body as unknown as WriteBody, plan, address: addressOf(plan.table, plan.key) };
  });
  if (new Set(actions.map(({ address }) => address)).size < actions.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  return actions;
}

function reasonOf({ taken }: StoreContext, { plan, body, address }: Action): Reason {
  if (taken.has(address)) return { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };

  const before = plan.table.get(plan.key);
  if (!plan.conditionHolds(before)) {
    const { ReturnValuesOnConditionCheckFailure: wanted } = body as { ReturnValuesOnConditionCheckFailure?: string };
    const Item = wanted === 'ALL_OLD' ? before : undefined;
    return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...(Item && { Item }) };
  }
  try {
    plan.after(before);
    return none;
  } catch (error) {
    if (error instanceof StoreError) return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}
