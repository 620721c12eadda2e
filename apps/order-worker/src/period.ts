import type { Clock } from '@cnop/utils';

/** Something that is done every so often. */
export interface Period {
  /** Whether it is time. At first it is; and so it is where the clock was set back. */
  isOver(): boolean;
  /** Begins anew, now. */
  restart(): void;
  /** Makes it time. */
  end(): void;
}

/** Makes a period of that many milliseconds. */
export function createPeriod(clock: Clock, ms: number): Period {
  let since: number | undefined;

  return {
    isOver: () => {
      if (since === undefined) return true;
      const passed = clock.now().getTime() - since;

      return passed >= ms || passed < 0;
    },
    restart: () => {
      since = clock.now().getTime();
    },
    end: () => {
      since = undefined;
    },
  };
}
