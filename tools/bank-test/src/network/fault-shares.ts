import {
  cancelTransaction,
  conflict,
  crashAfter,
  crashBefore,
  crashUnderway,
  delayRequest,
  delayResponse,
  firstOf,
  forgetToken,
  landLate,
  probabilities,
  refuseConnection,
  standardFaults,
  throttle,
  type Fault,
  type FaultPlan,
} from '@cnop/testing';

const faults = {
  ...standardFaults,
  conflictAlone: conflict(),
  throttledAction: cancelTransaction('ThrottlingError'),
  throttledAccount: throttle('RequestLimitExceeded'),
  refuseConnection: refuseConnection(),
  forgetToken: forgetToken(),
  delayRequest: delayRequest(40),
  delayResponse: delayResponse(40),
  landSoon: landLate(20),
  landLate: landLate(200),
  crashBefore: crashBefore(),
  crashAfter: crashAfter(),
  crashUnderway: crashUnderway(60),
} satisfies Readonly<Record<string, Fault>>;

type FaultName = keyof typeof faults;
type Shares = Readonly<Partial<Record<FaultName, number>>>;

/** What may befall any call, in parts of all that does. */
const anywhere: Shares = {
  loseRequest: 10,
  resetRequest: 4,
  loseResponse: 14,
  resetResponse: 5,
  landSoon: 5,
  landLate: 3,
  delayRequest: 8,
  delayResponse: 8,
  throttle: 4,
  throttledAccount: 2,
  internalServerError: 4,
  internalServerErrorCarriedOut: 5,
  expireToken: 2,
  refuseConnection: 2,
  crashBefore: 2,
  crashAfter: 2,
  crashUnderway: 2,
};
const onTransactions: Shares = { conflictAlone: 10, conflict: 8, throttledAction: 3 };
const onTransactWrites: Shares = { ...onTransactions, transactionInProgress: 5, forgetToken: 6 };

const others = ['GetItem', 'Query', 'PutItem', 'UpdateItem'];

/** So many of all calls, from 0 to 1, are befallen by something that can befall them: mixed as the shares say. */
export const mixedFaults = (rate: number): FaultPlan =>
  firstOf(
    plan(rate, { ...anywhere, ...onTransactWrites }, 'TransactWriteItems'),
    plan(rate, { ...anywhere, ...onTransactions }, 'TransactGetItems'),
    plan(rate, anywhere, others),
  );

function plan(rate: number, shares: Shares, target: string | readonly string[]): FaultPlan {
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const scaled = Object.entries(shares).map(([name, share]) => [name, (rate * share) / total] as const);

  return probabilities<FaultName>(Object.fromEntries(scaled), { target, faults });
}
