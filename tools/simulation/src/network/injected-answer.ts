import { errorAnswer, StoreError, type StoreAnswer, type StoreRequest } from '../store/answer.ts';

const throttle = (): StoreError =>
  new StoreError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput was exceeded',
  );

/** The answer of a store that is too busy, or that meets a transaction nobody here has started: nothing was carried out. */
export function injectedAnswer(fault: 'conflict' | 'throttled', { operation, body }: StoreRequest): StoreAnswer {
  return errorAnswer(
    isTransaction(operation) ? cancelled(fault, body['TransactItems'] as unknown[]) : plain(fault, operation),
  );
}

const isTransaction = (operation: string): boolean => operation.startsWith('Transact');

/** The first item is the one in the way. */
const cancelled = (fault: 'conflict' | 'throttled', { length }: readonly unknown[]): StoreError =>
  new StoreError('TransactionCanceledException', 'Transaction cancelled', {
    CancellationReasons: Array.from({ length }, (_, at) => ({ Code: at === 0 ? reasonCodes[fault] : 'None' })),
  });

const reasonCodes = { conflict: 'TransactionConflict', throttled: 'ProvisionedThroughputExceeded' };

/** Reads outside of transactions meet no conflict. */
const plain = (fault: 'conflict' | 'throttled', operation: string): StoreError =>
  fault === 'conflict' && ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation)
    ? new StoreError('TransactionConflictException', 'Transaction is ongoing for the item')
    : throttle();
