import {
  cancelTransaction,
  conflict,
  crashAfter,
  crashBefore,
  crashUnderway,
  delayRequest,
  delayResponse,
  forgetToken,
  landLate,
  refuseConnection,
  standardFaults,
  throttle,
  type Fault,
  type FaultPlan,
} from '@cnop/testing';
import { sum, type Counts } from '../counts.ts';

export interface Delays {
  readonly delayMs: number;
  /** How much later a request lands that its caller has given up: one delay for each share. */
  readonly lateMs: readonly [soon: number, later: number, last: number];
}

/** How often each fault is injected among all of them, and the fault itself. */
const table = {
  loseRequest: [10, () => standardFaults.loseRequest],
  resetRequest: [4, () => standardFaults.resetRequest],
  loseResponse: [14, () => standardFaults.loseResponse],
  resetResponse: [5, () => standardFaults.resetResponse],
  landSoon: [5, ({ lateMs }) => landLate(lateMs[0])],
  landLater: [3, ({ lateMs }) => landLate(lateMs[1])],
  landLast: [2, ({ lateMs }) => landLate(lateMs[2])],
  delayRequest: [8, ({ delayMs }) => delayRequest(delayMs)],
  delayResponse: [8, ({ delayMs }) => delayResponse(delayMs)],
  throttle: [4, () => standardFaults.throttle],
  throttleAccount: [2, () => throttle('RequestLimitExceeded')],
  internalServerError: [4, () => standardFaults.internalServerError],
  internalServerErrorCarriedOut: [5, () => standardFaults.internalServerErrorCarriedOut],
  expireToken: [2, () => standardFaults.expireToken],
  refuseConnection: [2, () => refuseConnection()],
  crashBefore: [7, () => crashBefore()],
  crashAfter: [9, () => crashAfter()],
  crashUnderway: [9, ({ delayMs }) => crashUnderway(delayMs)],
  conflict: [8, () => standardFaults.conflict],
  conflictAlone: [10, () => conflict()],
  throttleAction: [3, () => cancelTransaction('ThrottlingError')],
  transactionInProgress: [5, () => standardFaults.transactionInProgress],
  forgetToken: [6, () => forgetToken()],
} satisfies Readonly<Record<string, readonly [share: number, fault: (delays: Delays) => Fault]>>;

export type FaultName = keyof typeof table;

export const faultNames = Object.keys(table) as readonly FaultName[];

/** How many of the calls have a fault injected, and which ones. */
export interface FaultShare {
  readonly rate: number;
  readonly names: readonly FaultName[];
}

/**
 * Injects faults that apply to a call, as often as is asked for. The draw is the same whatever is asked for: with a lower rate or fewer
 * names some calls go right that went wrong, and nothing else changes.
 */
export function mixedFaults({ rate, names }: FaultShare, delays: Delays): FaultPlan {
  const faults = Object.entries(table).map(([name, [share, fault]]) => ({ name, share, fault: fault(delays) }));

  return () => (call) => {
    const isFaulty = call.random() < rate;
    const applicable = faults.filter(({ fault }) => fault.appliesTo?.(call) ?? true);
    let drawn = call.random() * applicable.reduce((total, { share }) => total + share, 0);
    const found = applicable.find(({ share }) => (drawn -= share) < 0);

    return isFaulty && found && names.includes(found.name as FaultName) ? found.fault : undefined;
  };
}

export interface CallCounts {
  requests: number;
  faults: Counts;
}

export function countedPlan(plan: FaultPlan, counts: CallCounts): FaultPlan {
  const choose = plan();

  return () => (call) => {
    const fault = choose(call);
    counts.requests += 1;
    if (fault) counts.faults = sum(counts.faults, { [fault.name]: 1 });
    return fault;
  };
}
