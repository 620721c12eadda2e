import type { Fault } from './fault.ts';
import { loseRequest, loseResponse } from './network-faults.ts';
import { expireToken, internalServerError, throttle, transactionInProgress } from './service-faults.ts';
import { conflict } from './transaction-cancellations.ts';
import { truncateBatch } from './truncate-batch.ts';

/** A fault that needs no further word; see {@link standardFaults}. */
export type StandardFaultName =
  | 'loseRequest'
  | 'resetRequest'
  | 'loseResponse'
  | 'resetResponse'
  | 'conflict'
  | 'transactionInProgress'
  | 'throttle'
  | 'internalServerError'
  | 'internalServerErrorCarriedOut'
  | 'expireToken'
  | 'truncateBatch';

/** The faults that every caller of DynamoDB must bear, by name. */
export const standardFaults: Readonly<Record<StandardFaultName, Fault>> = {
  loseRequest: loseRequest(),
  resetRequest: loseRequest({ as: 'reset' }),
  loseResponse: loseResponse(),
  resetResponse: loseResponse({ as: 'reset' }),
  conflict: conflict({ others: ['None', 'None', 'ThrottlingError'] }),
  transactionInProgress: transactionInProgress(),
  throttle: throttle(),
  internalServerError: internalServerError(),
  internalServerErrorCarriedOut: internalServerError({ carriedOut: true }),
  expireToken: expireToken(),
  truncateBatch: truncateBatch(),
};
