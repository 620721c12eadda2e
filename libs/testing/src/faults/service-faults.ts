import { answerError } from './answers.ts';
import type { Fault } from './fault.ts';

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
