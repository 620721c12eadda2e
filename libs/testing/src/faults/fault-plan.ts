import type { Fault, UpcomingCall } from './fault.ts';

/** The fault injected into this call; none if undefined. */
export type FaultChoice = (call: UpcomingCall) => Fault | undefined;

/** Decides which fault is injected into each call. A recipe: every injector starts it anew, so it may be used many times. */
export type FaultPlan = () => FaultChoice;

export interface PlanOptions {
  /** The operation or operations meant, e.g. `TransactWriteItems`; others pass and are not counted. Default: all. */
  readonly target?: string | readonly string[];
}

/** No fault is injected into any call. */
export const passAll: FaultPlan = () => () => undefined;

/** One fault for each call in turn; calls beyond the list pass. Write `pass()` where nothing is to happen. */
export const script =
  (faults: readonly Fault[], options: PlanOptions = {}): FaultPlan =>
  () => {
    const left = [...faults];

    return (call) => (isMeant(call, options) ? left.shift() : undefined);
  };

/** One fault, at the n-th call. @param n - from 1. */
export const nthCall = (n: number, fault: Fault, options: PlanOptions = {}): FaultPlan => {
  assertCallNumber(n);

  return countedPlan((count) => (count === n ? fault : undefined), options);
};

/** One fault, at the n-th call and at every call after it: what breaks then stays broken. @param n - from 1. */
export const fromCall = (n: number, fault: Fault, options: PlanOptions = {}): FaultPlan => {
  assertCallNumber(n);

  return countedPlan((count) => (count >= n ? fault : undefined), options);
};

/** The same fault at every call. */
export const everyCall =
  (fault: Fault, options: PlanOptions = {}): FaultPlan =>
  () =>
  (call) =>
    isMeant(call, options) ? fault : undefined;

/** A plan for each of the first `count` calls, into which alone the fault is injected: to be run one after another. */
export const everyCallInTurn = (count: number, fault: Fault, options: PlanOptions = {}): FaultPlan[] =>
  Array.from({ length: count }, (_, index) => nthCall(index + 1, fault, options));

/** Asks the plans in turn; the first that has a fault for a call decides. All of them count every call. */
export const firstOf =
  (...plans: readonly FaultPlan[]): FaultPlan =>
  () => {
    const choices = plans.map((plan) => plan());

    return (call) => choices.map((choose) => choose(call)).find((fault) => fault !== undefined);
  };

export function isMeant({ target }: UpcomingCall, { target: meant }: PlanOptions): boolean {
  if (meant === undefined) return true;
  return typeof meant === 'string' ? meant === target : meant.includes(target);
}

/** Decides by the number of the call among those that are meant. */
const countedPlan =
  (choose: (count: number) => Fault | undefined, options: PlanOptions): FaultPlan =>
  () => {
    let count = 0;

    return (call) => {
      if (!isMeant(call, options)) return undefined;
      count += 1;
      return choose(count);
    };
  };

function assertCallNumber(n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new RangeError('Calls are counted from 1.');
}
