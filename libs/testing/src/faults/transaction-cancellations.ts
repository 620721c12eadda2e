import { errorAnswer } from './answers.ts';
import type { Fault, UpcomingCall, HttpAnswer } from './fault.ts';

/** Why one action of a transaction was cancelled, or that it was not the cause (`None`). DynamoDB may know more than these. */
export type CancellationCode =
  | 'None'
  | 'ConditionalCheckFailed'
  | 'TransactionConflict'
  | 'ThrottlingError'
  | 'ProvisionedThroughputExceeded'
  | 'ItemCollectionSizeLimitExceeded'
  | 'ValidationError'
  | (string & Record<never, never>);

/** A reason as DynamoDB gives it; `Item` in DynamoDB's JSON, e.g. `{ pk: { S: 'USER#ada' } }`. */
export interface CancellationReason {
  readonly Code: CancellationCode;
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Message?: string;
}

const messages: Readonly<Record<string, string | undefined>> = {
  ConditionalCheckFailed: 'The conditional request failed',
  TransactionConflict: 'Transaction is ongoing for the item',
  ThrottlingError: 'Throughput exceeds the current capacity of your table or index.',
  ProvisionedThroughputExceeded:
    'The level of configured provisioned throughput for the table was exceeded. ' +
    'Consider increasing your provisioning level with the UpdateTable API.',
};

const singleWrites = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * The transaction is cancelled for these reasons, in the order of its actions; actions beyond the list get `None`. Affects
 * TransactWriteItems and TransactGetItems only.
 *
 * `ConditionalCheckFailed` is a definite refusal: script it where it may be true, never answer it at random.
 */
export function cancelTransaction(...reasons: readonly (CancellationCode | CancellationReason)[]): Fault {
  const given = reasons.map((reason) => (typeof reason === 'string' ? { Code: reason } : reason));

  return {
    name: `cancelled (${given.map(({ Code }) => Code).join(', ')})`,
    appliesTo: isTransaction,
    apply: (call) => Promise.resolve(cancellation(padded(given, actionCount(call)))),
  };
}

export interface ConflictOptions {
  /** The action in conflict, from 0; by default one that the seed decides. */
  readonly at?: number;
  /** What the other actions may answer, chosen by the seed. Default: `None` only. */
  readonly others?: readonly ('None' | 'ThrottlingError' | 'ProvisionedThroughputExceeded')[];
}

/**
 * Another write is in flight on one of the items; nothing is carried out. A transaction is cancelled with `TransactionConflict`,
 * a single write answered with TransactionConflictException; nothing else can be befallen.
 */
export function conflict({ at, others = ['None'] }: ConflictOptions = {}): Fault {
  return {
    name: 'conflict',
    appliesTo: (call) => isTransaction(call) || singleWrites.has(call.target),
    apply: (call) =>
      Promise.resolve(
        isTransaction(call)
          ? cancellation(conflictReasons(call, { at, others }))
          : errorAnswer('TransactionConflictException'),
      ),
  };
}

function conflictReasons(
  call: UpcomingCall,
  { at, others }: Required<Pick<ConflictOptions, 'others'>> & ConflictOptions,
) {
  const pick = (count: number) => Math.floor(call.random() * count);
  const count = actionCount(call);
  const inConflict = at ?? pick(count);
  if (inConflict >= count) throw new RangeError(`A transaction of ${count} actions has no action ${inConflict}.`);

  return Array.from({ length: count }, (_, index): CancellationReason => {
    return { Code: index === inConflict ? 'TransactionConflict' : (others[pick(others.length)] ?? 'None') };
  });
}

const isTransaction = ({ target }: Pick<UpcomingCall, 'target'>) =>
  target === 'TransactWriteItems' || target === 'TransactGetItems';

const actionCount = ({ body }: Pick<UpcomingCall, 'body'>) =>
  (JSON.parse(body) as { TransactItems: unknown[] }).TransactItems.length;

function padded(reasons: readonly CancellationReason[], count: number): CancellationReason[] {
  if (reasons.length > count) {
    throw new RangeError(`A transaction of ${count} actions cannot be cancelled for ${reasons.length} reasons.`);
  }
  return Array.from({ length: count }, (_, index) => reasons[index] ?? { Code: 'None' });
}

/** The answer to a transaction that is cancelled for these reasons, one for each action. */
export function cancellation(reasons: readonly CancellationReason[]): HttpAnswer {
  const codes = reasons.map(({ Code }) => Code).join(', ');

  return errorAnswer('TransactionCanceledException', {
    fields: {
      CancellationReasons: reasons.map(({ Code, ...rest }) => ({ Code, Message: messages[Code], ...rest })),
      // DynamoDB writes it with a capital in this error only.
      message: undefined,
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    },
  });
}
