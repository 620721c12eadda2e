import type { CallRecord } from './call-record.ts';
import type { HttpAnswer } from './http-answer.ts';

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
