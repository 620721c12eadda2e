import type { CallRecord } from './call-log.ts';

/** A call about to be made. */
export interface UpcomingCall {
  /** 1 for the first call of the injector. */
  readonly index: number;
  /** The operation, e.g. `TransactWriteItems`. */
  readonly target: string;
  /** The JSON body of the request. */
  readonly body: string;
  /** The next random number of this call, from 0 up to 1: from the seed, the operation and how many such calls went before. */
  readonly random: () => number;
}

/** A call in the hands of a fault. */
export interface FaultyCall extends UpcomingCall {
  /** The calls before this one, and this one last. */
  readonly history: readonly CallRecord[];
  /** Carries the request out, with another body if one is given. May be called late, often or never. */
  send(body?: string): Promise<HttpAnswer>;
  /** Kills the calling process: this call and all later ones never end. */
  crash(): Promise<never>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits for that many milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** What can happen to a network call in place of simply being carried out. Holds no state of the run unless it says so. */
export interface Fault {
  readonly name: string;
  /** Never there. A function has it, so that the compiler refuses a maker of faults that was not called, such as `loseResponse`. */
  readonly length?: undefined;
  /** Whether it can be injected into this call; always, if absent. A call into which it cannot be injected passes. */
  appliesTo?(call: Pick<UpcomingCall, 'target' | 'body'>): boolean;
  /** Answers in place of the service, or throws as the network does. */
  apply(call: FaultyCall): Promise<HttpAnswer>;
  /** Lets go what it holds back, if it is of that kind; resolves when all of that has arrived. */
  release?(count?: number): Promise<void>;
}

/** Carries the call out. */
export const pass = (): Fault => ({ name: 'none', apply: (call) => call.send() });

/**
 * Lets something else happen first: what other callers do between two attempts.
 *
 * @param event - the caller's request waits until this has resolved.
 */
export function after(event: () => Promise<unknown>, fault: Fault = pass()): Fault {
  return {
    ...fault,
    name: `after an event: ${fault.name}`,
    apply: async (call) => {
      await event();
      return await fault.apply(call);
    },
  };
}

/** What fault injection reads of a request of the AWS SDK for JavaScript v3. */
export interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request handler answers; the body is a stream or the bytes themselves. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly reason?: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * A request handler of the AWS SDK for JavaScript v3, as its clients take it as `requestHandler`: `NodeHttpHandler`, a fault
 * injector, or an in-process store that answers as DynamoDB does.
 */
export interface SdkRequestHandler {
  readonly metadata?: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: object): Promise<{ response: SdkResponse }>;
  destroy?(): void;
  updateHttpClientConfig?(key: never, value: never): void;
  httpHandlerConfigs?(): object;
}

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

/** A whole answer: nothing of it is still on its way. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly reason?: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}
