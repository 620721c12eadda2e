import { readAttributes, type Item } from './attribute-value.ts';
import { applyUpdate } from './expression/apply-update.ts';
import { holds } from './expression/evaluate-condition.ts';
import { parseCondition } from './expression/parse-condition.ts';
import { parseUpdate } from './expression/parse-update.ts';
import { readPlaceholders, type ExpressionAttributes } from './expression/placeholders.ts';
import { pathsOf } from './expression/update.ts';
import type { DocumentPath } from './expression/document-path.ts';
import { exactKeyOf, keyAttributes, keyOf, type ItemKey } from './item-key.ts';
import { tableOf, type StoreContext } from './store-context.ts';
import { StoreError, validationError } from './store-error.ts';
import { assertIndexable, type Table } from './table.ts';

/** What is done to one item. */
export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** The part of a write that plain requests and transactions share. */
export interface WriteBody extends ExpressionAttributes {
  readonly TableName: string;
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Key?: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
}

/** A write that has been read and not yet carried out. */
export interface WritePlan {
  readonly table: Table;
  readonly key: ItemKey;
  /** The places that an update touches. */
  readonly touched: readonly DocumentPath[];
  /** Refuses a put that an index cannot take: DynamoDB looks at a transaction's token before. @throws ValidationException. */
  assertStorable(): void;
  conditionHolds(before: Item | undefined): boolean;
  /** The item after the write. @throws ValidationException when it cannot be made of the item before. */
  after(before: Item | undefined): Item | undefined;
}

const expressionFields = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];

/** The fields of a write that are acted upon, by its kind. */
export const writeFields: Readonly<Record<WriteKind, readonly string[]>> = {
  Put: ['TableName', 'Item', ...expressionFields],
  Update: ['TableName', 'Key', 'UpdateExpression', ...expressionFields],
  Delete: ['TableName', 'Key', ...expressionFields],
  ConditionCheck: ['TableName', 'Key', ...expressionFields],
};

/** Reads a write. @throws ValidationException or ResourceNotFoundException. */
export function planWrite(context: StoreContext, kind: WriteKind, body: WriteBody): WritePlan {
  const table = tableOf(context, body.TableName);
  const placeholders = readPlaceholders(body);
  const update = body.UpdateExpression === undefined ? undefined : parseUpdate(body.UpdateExpression, placeholders);
  const condition =
    body.ConditionExpression === undefined ? undefined : parseCondition(body.ConditionExpression, placeholders);
  placeholders.finish();
  if (kind === 'ConditionCheck' && !condition) throw validationError('A condition check needs a condition');

  const given = readAttributes(body.Item ?? body.Key ?? {});
  const key = kind === 'Put' ? keyOf(table.keys, given) : exactKeyOf(table.keys, given);
  const touched = update ? pathsOf(update) : [];
  const after = (before: Item | undefined): Item | undefined => {
    if (kind === 'Put') return given;
    if (kind === 'Update') return update ? applyUpdate(update, before ?? given) : (before ?? given);
    return kind === 'Delete' ? undefined : before;
  };
  assertKeysUntouched(table, touched);

  return {
    table,
    key,
    touched,
    assertStorable: () => {
      if (kind === 'Put') assertIndexable(table, given);
    },
    conditionHolds: (before) => condition === undefined || holds(condition, before ?? {}),
    after: (before) => {
      const item = after(before);
      if (kind === 'Update' && item) assertIndexable(table, item);
      return item;
    },
  };
}

function assertKeysUntouched({ keys }: Table, touched: readonly DocumentPath[]): void {
  const names = keyAttributes(keys).map(({ name }) => name);

  if (touched.some(([name]) => names.includes(name))) {
    throw validationError('Cannot update an attribute that is part of the key');
  }
}

/** The error that a condition did not hold, with the item it failed on if the request asks for that. */
export function conditionFailed(before: Item | undefined, returnValues: unknown): StoreError {
  const fields = returnValues === 'ALL_OLD' && before ? { Item: before } : {};

  return new StoreError('ConditionalCheckFailedException', 'The conditional request failed', fields);
}
