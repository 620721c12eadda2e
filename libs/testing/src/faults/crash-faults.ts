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

/** The life of a process that can be ended. */
export interface CrashSwitch {
  /** Resolves when the process dies. */
  readonly crashed: Promise<void>;
  isDead(): boolean;
  /** Ends the process; the answer never comes. */
  crash(): Promise<never>;
  /** Gives what the promise gives while the process lives, and afterwards nothing at all. */
  guard<TResult>(promise: Promise<TResult>): Promise<TResult>;
}

export function createCrashSwitch(): CrashSwitch {
  const { promise: crashed, resolve } = withResolvers();
  let dead = false;

  return {
    crashed,
    isDead: () => dead,
    crash: () => {
      dead = true;
      resolve();
      return never();
    },
    guard: async (promise) => {
      try {
        const result = await promise;
        return dead ? await never() : result;
      } catch (error) {
        if (dead) return await never();
        throw error;
      }
    },
  };
}

export const never = (): Promise<never> => new Promise(() => undefined);

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });

  return { promise, resolve };
}
