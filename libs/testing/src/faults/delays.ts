import type { Fault, FaultyCall } from './fault.ts';
import { createHoldingPlace } from './holding-place.ts';
import { lossError } from './network-errors.ts';

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
