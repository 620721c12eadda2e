import type { Fault } from './fault.ts';
import { lossError, type Loss } from './network-errors.ts';

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
