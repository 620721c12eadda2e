import type { Fault, FaultyCall } from './fault.ts';
import { lossError } from './network-faults.ts';

/** A fault that holds calls back until they are released; calls that come after a release wait for the next one. */
export interface HeldFault extends Fault {
  /** Lets the first `count` calls go, all by default, one after another; resolves when they have arrived, or were lost. */
  release(count?: number): Promise<void>;
}

type Wait = <TResult>(call: FaultyCall, action: () => Promise<TResult>) => Promise<TResult>;

/**
 * The request waits before it is sent, the caller waits with it. While it does, no time-out of the HTTP handler runs; an abort
 * signal of the caller ends its waiting, not the request.
 *
 * @param ms - how long; until it is released, if absent.
 */
export function delayRequest(): HeldFault;
export function delayRequest(ms: number): Fault;
export function delayRequest(ms?: number): Fault {
  return delayed('delayed request', ms, (wait) => (call) => wait(call, () => call.send()));
}

/**
 * The request is carried out at once, its answer waits. As with {@link delayRequest} no time-out runs meanwhile.
 *
 * @param ms - how long; until it is released, if absent.
 */
export function delayResponse(): HeldFault;
export function delayResponse(ms: number): Fault;
export function delayResponse(ms?: number): Fault {
  return delayed('delayed response', ms, (wait) => async (call) => {
    const answer = await call.send();
    return await wait(call, () => Promise.resolve(answer));
  });
}

/**
 * The caller is told of a time-out at once, and the request is under way all the same: it lands later.
 *
 * @param ms - how much later; when it is released, if absent.
 */
export function landLate(): HeldFault;
export function landLate(ms: number): Fault;
export function landLate(ms?: number): Fault {
  return delayed('lands late', ms, (wait) => (call) => {
    sendLater(wait, call);
    return Promise.reject(lossError('timeout'));
  });
}

/**
 * The calling process dies while its request is under way: the request lands later.
 *
 * @param ms - how much later; when it is released, if absent.
 */
export function crashUnderway(): HeldFault;
export function crashUnderway(ms: number): Fault;
export function crashUnderway(ms?: number): Fault {
  return delayed('crash under way', ms, (wait) => (call) => {
    sendLater(wait, call);
    return call.crash();
  });
}

function delayed(name: string, ms: number | undefined, apply: (wait: Wait) => Fault['apply']): Fault | HeldFault {
  if (ms !== undefined) {
    const waitByTime: Wait = async (call, action) => {
      await call.sleep(ms);
      return await action();
    };
    return { name: `${name} (${ms} ms)`, apply: apply(waitByTime) };
  }

  const place = createHoldingPlace();
  return { name, apply: apply((_, action) => place.hold(action)), release: (count) => place.release(count) };
}

/** Nobody waits for it, so nobody hears of its failure. */
function sendLater(wait: Wait, call: FaultyCall): void {
  wait(call, () => call.send()).catch(() => undefined);
}

/** Lets the caller go when its abort signal says so; what it waited for goes on. */
export async function abortable<TResult>(work: Promise<TResult>, options: object | undefined): Promise<TResult> {
  const { abortSignal: signal } = (options ?? {}) as { abortSignal?: AbortSignal };
  if (!signal) return await work;

  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError', cause: signal.reason as unknown }));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Keeps actions back until they are released. */
export interface HoldingPlace {
  /** Resolves with what the action gives, once it was released and run. */
  hold<TResult>(action: () => Promise<TResult>): Promise<TResult>;
  /** Runs the first `count` of the actions kept back, all by default, one after another, however each of them ends. */
  release(count?: number): Promise<void>;
}

function createHoldingPlace(): HoldingPlace {
  const held: (() => Promise<unknown>)[] = [];

  return {
    hold: (action) =>
      new Promise((resolve, reject) => {
        held.push(() => action().then(resolve, reject));
      }),
    release: async (count = held.length) => {
      for (const run of held.splice(0, count)) await run();
    },
  };
}
