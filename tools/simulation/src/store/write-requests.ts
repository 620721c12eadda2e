import type { Item } from './attribute-value.ts';
import { project } from './expression/project.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { addressOf, writeItem, type StoreContext } from './store-context.ts';
import { StoreError, validationError } from './store-error.ts';
import {
  conditionFailed,
  planWrite,
  writeFields,
  type WriteBody,
  type WriteKind,
  type WritePlan,
} from './write-plan.ts';

type PlainWrite = Exclude<WriteKind, 'ConditionCheck'>;

const returnable: Readonly<Record<PlainWrite, readonly string[]>> = {
  Put: ['NONE', 'ALL_OLD'],
  Delete: ['NONE', 'ALL_OLD'],
  Update: ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'],
};

/** PutItem, UpdateItem or DeleteItem, at one instant; refused while a transaction has taken the item. */
export function plainWriteRequest(context: StoreContext, kind: PlainWrite, body: RequestBody) {
  assertModelled(`${kind}Item`, body, [...writeFields[kind], 'ReturnValues', 'ReturnValuesOnConditionCheckFailure']);
  const returnValues = (body['ReturnValues'] ?? 'NONE') as string;
  if (!returnable[kind].includes(returnValues)) throw validationError('Return values set to invalid value');

  const plan = planWrite(context, kind, body as unknown as WriteBody);
  const { table, key } = plan;
  plan.assertStorable();
  if (context.taken.has(addressOf(table, key))) {
    throw new StoreError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const before = table.get(key);
  if (!plan.conditionHolds(before)) throw conditionFailed(before, body['ReturnValuesOnConditionCheckFailure']);
  const after = plan.after(before);
  writeItem(context, plan, after);

  const Attributes = returned(plan, returnValues, { before, after });
  return Attributes ? { Attributes } : {};
}

interface States {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

function returned({ touched }: WritePlan, returnValues: string, { before, after }: States): Item | undefined {
  switch (returnValues) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && notEmpty(project(before, touched));
    case 'UPDATED_NEW':
      return after && notEmpty(project(after, touched));
    default:
      return undefined;
  }
}

const notEmpty = (item: Item): Item | undefined => (Object.keys(item).length > 0 ? item : undefined);
