import {
  DeleteItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fromWireMap, type RawItem } from '@cnop/stored-items';
import { classifyFailure, type FailureKind } from './database-failure.ts';
import type { Database } from './database.ts';
import { sendBy } from './send-deadline.ts';

/** What became of one action of a cancelled write. */
export type CancellationReason =
  | { readonly kind: 'none' | 'conflict' | 'throttled' | 'invalid' }
  | { readonly kind: 'condition-failed'; readonly oldItem: RawItem | undefined };

/** What became of one attempt to write. */
export type AttemptResult =
  | { readonly kind: 'committed'; readonly item?: RawItem }
  | { readonly kind: 'cancelled'; readonly reasons: readonly CancellationReason[]; readonly cause: unknown }
  | { readonly kind: FailureKind; readonly cause: unknown };

type AtLeastOne<TItem> = readonly [TItem, ...TItem[]];

interface AwsError {
  readonly name: string;
  readonly Item?: Parameters<typeof fromWireMap>[0];
  readonly CancellationReasons?: readonly {
    readonly Code?: string;
    readonly Item?: Parameters<typeof fromWireMap>[0];
  }[];
}

/** How the writes are sent. */
export interface SendOptions {
  /** The client request token, where they are a transaction. */
  readonly token: string;
  /** When they may still be sent, in milliseconds since 1970. Later they are `refused`. */
  readonly deadline: number;
}

/**
 * Sends the writes once: a single one as a plain PutItem, UpdateItem or DeleteItem (half the write units of a transaction),
 * several as one TransactWriteItems under `token`. An update alone returns the item as it is then. Where the database sends single
 * writes as transactions too, one is no different from several.
 */
export async function attemptWrite(
  { writer, singleWrites }: Database,
  [first, ...rest]: AtLeastOne<TransactWriteItem>,
  { token, deadline }: SendOptions,
): Promise<AttemptResult> {
  if (rest.length === 0 && first.ConditionCheck) throw new Error('A condition check alone writes nothing.');

  try {
    if (rest.length === 0 && singleWrites === 'plain') {
      return { kind: 'committed', item: await sendSingle(writer, first, deadline) };
    }

    const input = { TransactItems: [first, ...rest], ClientRequestToken: token };
    await writer.send(new TransactWriteItemsCommand(sendBy(input, deadline)));
    return { kind: 'committed' };
  } catch (cause) {
    return readFailure(cause);
  }
}

async function sendSingle(
  writer: Database['writer'],
  { Put, Update, Delete }: TransactWriteItem,
  deadline: number,
): Promise<RawItem | undefined> {
  if (Put) {
    await writer.send(new PutItemCommand(sendBy({ ...Put }, deadline)));
  } else if (Update) {
    const { Attributes } = await writer.send(
      new UpdateItemCommand(sendBy({ ...Update, ReturnValues: 'ALL_NEW' }, deadline)),
    );
    return Attributes && fromWireMap(Attributes);
  } else if (Delete) {
    await writer.send(new DeleteItemCommand(sendBy({ ...Delete }, deadline)));
  }
  return undefined;
}

/** Reads what a request threw. */
export function readFailure(cause: unknown): AttemptResult {
  const error = cause as AwsError;

  switch (error.name) {
    case 'ConditionalCheckFailedException':
      return { kind: 'cancelled', reasons: [conditionFailed(error.Item)], cause };
    case 'TransactionConflictException':
      return { kind: 'cancelled', reasons: [{ kind: 'conflict' }], cause };
    case 'TransactionCanceledException':
      return { kind: 'cancelled', reasons: (error.CancellationReasons ?? []).map(readReason), cause };
    default:
      return { kind: classifyFailure(cause), cause };
  }
}

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
  oldItem: item === undefined || Object.keys(item).length === 0 ? undefined : fromWireMap(item),
});
