import { createManualClock, type ManualClock } from '@cnop/utils';

/** The time a registry takes, standing still until `pass` is called. */
export interface ManualTime {
  readonly clock: ManualClock;
  readonly monotonicMs: () => number;
  pass(ms: number): void;
}

export function createManualTime(): ManualTime {
  const clock = createManualClock('2030-01-01T00:00:00.000Z');
  let elapsedMs = 0;

  return {
    clock,
    monotonicMs: () => elapsedMs,
    pass: (ms) => {
      clock.advance(ms);
      elapsedMs += ms;
    },
  };
}
