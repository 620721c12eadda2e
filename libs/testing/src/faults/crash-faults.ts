import type { Fault } from './fault.ts';

/** The calling process dies before its request has left. */
export const crashBefore = (): Fault => ({ name: 'crash before', apply: (call) => call.crash() });

/** The calling process dies after its request was carried out, before it hears of that. */
export const crashAfter = (): Fault => ({
  name: 'crash after',
  apply: async (call) => {
    await call.send();
    return await call.crash();
  },
});
