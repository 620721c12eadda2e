import { answerError } from './answers.ts';
import type { Fault } from './fault.ts';

export interface LossOptions {
  /** How the caller learns of it. Default: by a time-out. */
  readonly as?: Loss;
}

/** The request is never sent; to the caller it may have been carried out. */
export const loseRequest = ({ as = 'timeout' }: LossOptions = {}): Fault => ({
  name: `lost request (${as})`,
  apply: () => Promise.reject(lossError(as)),
});

/** The request is sent and carried out, its answer never arrives. */
export const loseResponse = ({ as = 'timeout' }: LossOptions = {}): Fault => ({
  name: `lost response (${as})`,
  apply: async (call) => {
    await call.send();
    throw lossError(as);
  },
});

/**
 * No connection is made, so the request was certainly not carried out.
 *
 * @param code - Node's error code, e.g. `ENOTFOUND`.
 */
export const refuseConnection = (code = 'ECONNREFUSED'): Fault => ({
  name: `no connection (${code})`,
  apply: () => Promise.reject(Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' })),
});

/** How a caller learns that its request or the answer is lost. */
export type Loss = 'timeout' | 'reset';

/** The error that the SDK's HTTP handler throws for a lost request or response. */
export function lossError(loss: Loss): Error {
  const [message, code] = loss === 'timeout' ? ['No answer in time.', 'ETIMEDOUT'] : ['socket hang up', 'ECONNRESET'];

  return Object.assign(new Error(message), { name: 'TimeoutError', code });
}

/** Why DynamoDB may refuse a request for now. */
export type Throttling = 'ProvisionedThroughputExceededException' | 'ThrottlingException' | 'RequestLimitExceeded';

/** The request is refused for want of throughput; nothing is carried out. */
export const throttle = (name: Throttling = 'ProvisionedThroughputExceededException'): Fault => answerError(name);

/** 500: the outcome is unknown to the caller. Without `carriedOut` nothing was, with it everything was. */
export const internalServerError = ({ carriedOut = false }: { readonly carriedOut?: boolean } = {}): Fault =>
  answerError('InternalServerError', { carriedOut });

/** The credentials have expired; nothing is carried out. */
export const expireToken = (): Fault => answerError('ExpiredTokenException');

/** An earlier attempt with the same ClientRequestToken is still being carried out. Affects TransactWriteItems only. */
export const transactionInProgress = (): Fault => ({
  ...answerError('TransactionInProgressException'),
  appliesTo: ({ target }) => target === 'TransactWriteItems',
});

/**
 * DynamoDB has forgotten the ClientRequestToken of a transaction, as it does after ten minutes: a repeat is a new transaction to
 * it. Affects TransactWriteItems only.
 */
export const forgetToken = (): Fault => ({
  name: 'forgotten token',
  appliesTo: ({ target }) => target === 'TransactWriteItems',
  apply: (call) => {
    const digits = Array.from({ length: 32 }, () => Math.floor(call.random() * 16).toString(16)).join('');

    return call.send(call.body.replace(/("ClientRequestToken":")[^"]*/, `$1${digits}`));
  },
});
