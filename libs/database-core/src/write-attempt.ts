import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Database } from './database.ts';
import { classifyFailure, type FailureKind } from './failure-kind.ts';
import type { RawItem } from './raw-item.ts';
import type { TransactionWrite } from './transaction-action.ts';
import { wasNeverSent } from './unsent-requests.ts';

/** What became of one action of a cancelled write. */
export type CancellationReason =
  | { readonly kind: 'none' | 'conflict' | 'throttled' | 'invalid' }
  | { readonly kind: 'condition-failed'; readonly oldItem: RawItem | undefined };

/** What became of one attempt to write. */
export type AttemptResult =
  | { readonly kind: 'committed'; readonly item?: RawItem }
  | { readonly kind: 'cancelled'; readonly reasons: readonly CancellationReason[]; readonly cause: unknown }
  | { readonly kind: FailureKind; readonly cause: unknown };

interface AwsError {
  readonly name: string;
  readonly Item?: Parameters<typeof unmarshall>[0];
  readonly CancellationReasons?: readonly {
    readonly Code?: string;
    readonly Item?: Parameters<typeof unmarshall>[0];
  }[];
}

/**
 * Sends the writes once: a single one as a plain PutItem, UpdateItem or DeleteItem (half the write units of a transaction),
 * several as one TransactWriteItems under `token`.
 */
export async function attemptWrite(
  { writer }: Database,
  writes: readonly TransactionWrite[],
  token: string,
): Promise<AttemptResult> {
  const [first, ...rest] = writes.map(withOldItem);
  if (first === undefined) throw new Error('A write needs at least one action.');
  if (rest.length === 0 && first.ConditionCheck) throw new Error('A condition check alone writes nothing.');

  try {
    if (rest.length === 0) return { kind: 'committed', item: await sendSingle(writer, first) };

    await writer.send(new TransactWriteCommand({ TransactItems: [first, ...rest], ClientRequestToken: token }));
    return { kind: 'committed' };
  } catch (cause) {
    return readFailure(cause);
  }
}

async function sendSingle(writer: Database['writer'], { Put, Update, Delete }: TransactionWrite) {
  if (Put) {
    await writer.send(new PutCommand(Put));
    return Put.Item;
  }
  if (Update) return (await writer.send(new UpdateCommand({ ...Update, ReturnValues: 'ALL_NEW' }))).Attributes;

  await writer.send(new DeleteCommand(Delete as NonNullable<typeof Delete>));
  return undefined;
}

/** A failed condition must show the item it failed on: it saves the read that would tell why. */
function withOldItem({ Put, Update, Delete, ConditionCheck }: TransactionWrite): TransactionWrite {
  const all = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

  if (Put) return { Put: { ...Put, ...all } };
  if (Update) return { Update: { ...Update, ...all } };
  if (Delete) return { Delete: { ...Delete, ...all } };
  if (ConditionCheck) return { ConditionCheck: { ...ConditionCheck, ...all } };
  throw new Error('A write is one of put, update, delete and condition check.');
}

function readFailure(cause: unknown): AttemptResult {
  const error = cause as AwsError;

  switch (error.name) {
    case 'ConditionalCheckFailedException':
      return { kind: 'cancelled', reasons: [conditionFailed(error.Item)], cause };
    case 'TransactionConflictException':
      return { kind: 'cancelled', reasons: [{ kind: 'conflict' }], cause };
    case 'TransactionCanceledException':
      return { kind: 'cancelled', reasons: (error.CancellationReasons ?? []).map(readReason), cause };
    default:
      return { kind: certainIfUnsent(classifyFailure(cause), cause), cause };
  }
}

/** What never left this process, a value that cannot be stored or credentials that were not to be had, wrote nothing. */
const certainIfUnsent = (kind: FailureKind, cause: unknown): FailureKind =>
  kind === 'unknown' && wasNeverSent(cause) ? 'refused' : kind;

function readReason(reason: { readonly Code?: string; readonly Item?: AwsError['Item'] }): CancellationReason {
  switch (reason.Code ?? 'None') {
    case 'None':
      return { kind: 'none' };
    case 'ConditionalCheckFailed':
      return conditionFailed(reason.Item);
    case 'TransactionConflict':
      return { kind: 'conflict' };
    case 'ProvisionedThroughputExceeded':
    case 'ThrottlingError':
    case 'RequestLimitExceeded':
      return { kind: 'throttled' };
    default:
      return { kind: 'invalid' };
  }
}

/** Emulators give an empty map where there was no item. */
const conditionFailed = (item: AwsError['Item']): CancellationReason => ({
  kind: 'condition-failed',
  oldItem: item === undefined || Object.keys(item).length === 0 ? undefined : unmarshall(item),
});
