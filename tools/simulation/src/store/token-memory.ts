import { StoreError } from './store-error.ts';

/** The memory of client request tokens: the transactions under way, and those carried out in the last ten minutes. */
export interface TokenMemory {
  /**
   * Whether the transaction was carried out under this token already.
   *
   * @throws TransactionInProgressException while it is under way, IdempotentParameterMismatchException for another transaction.
   */
  wasDone(token: string, payload: string): boolean;
  start(token: string, payload: string): void;
  finish(token: string): void;
}

interface Remembered {
  readonly payload: string;
  /** Absent while it is under way. */
  doneAt?: number;
}

/** @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html} */
const rememberedMs = 10 * 60_000;

/** A memory that holds nothing yet. */
export function createTokenMemory(now: () => number): TokenMemory {
  const tokens = new Map<string, Remembered>();

  return {
    wasDone: (token, payload) => {
      const known = tokens.get(token);
      if (!known || (known.doneAt !== undefined && now() - known.doneAt > rememberedMs)) return false;

      if (known.payload !== payload) {
        throw new StoreError('IdempotentParameterMismatchException', 'Another transaction was sent under this token');
      }
      if (known.doneAt === undefined) {
        throw new StoreError(
          'TransactionInProgressException',
          'Transaction is already in progress for the given token',
        );
      }
      return true;
    },
    start: (token, payload) => void tokens.set(token, { payload }),
    finish: (token) => {
      const known = tokens.get(token);
      if (known) known.doneAt = now();
    },
  };
}
