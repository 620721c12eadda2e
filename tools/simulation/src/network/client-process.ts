import type { VirtualTime } from './virtual-time.ts';

/**
 * A process that runs a client: everything it waits for is in virtual time. Once it has crashed nothing that it waits for ever comes,
 * though what it has sent is still under way.
 */
export interface ClientProcess {
  /** Waits until `start` has had one of the two called. */
  wait<TValue>(start: (resolve: (value: TValue) => void, reject: (error: Error) => void) => void): Promise<TValue>;
  sleep(ms: number): Promise<void>;
  crash(): void;
  /** Never fails; done when the process has crashed. */
  readonly crashed: Promise<'crashed'>;
  /** Ends it in good order. */
  readonly close: () => void;
}

/** Starts a process. */
export function startProcess(time: VirtualTime): ClientProcess {
  let waits = 0;
  let isRunning = true;
  let tellCrash: (word: 'crashed') => void = () => undefined;
  const crashed = new Promise<'crashed'>((resolve) => {
    tellCrash = resolve;
  });
  const actor = { isWaiting: () => waits > 0 };
  time.watch(actor);

  const wait: ClientProcess['wait'] = (start) =>
    new Promise((resolve, reject) => {
      const once = (end: () => void) => {
        if (!isRunning) return;
        waits -= 1;
        end();
      };
      waits += 1;
      start(
        (value) => {
          once(() => {
            resolve(value);
          });
        },
        (error) => {
          once(() => {
            reject(error);
          });
        },
      );
    });
  const close = () => {
    isRunning = false;
    time.unwatch(actor);
  };

  return {
    wait,
    sleep: (ms) =>
      wait<undefined>((resolve) => {
        time.after(ms, () => {
          resolve(undefined);
        });
      }),
    crash: () => {
      close();
      tellCrash('crashed');
    },
    crashed,
    close,
  };
}
