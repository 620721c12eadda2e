/** Keeps actions back until they are released. */
export interface HoldingPlace {
  /** Resolves with what the action gives, once it was released and run. */
  hold<TResult>(action: () => Promise<TResult>): Promise<TResult>;
  /** Runs the first `count` of the actions kept back, all by default, one after another, however each of them ends. */
  release(count?: number): Promise<void>;
}

export function createHoldingPlace(): HoldingPlace {
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
