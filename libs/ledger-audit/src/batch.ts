/** Gathers values until there are enough of them for one request. */
export interface Batch<TValue> {
  /** Takes a value; handles what was gathered when that is enough. */
  add(value: TValue): Promise<void>;
  /** Handles what is left. */
  end(): Promise<void>;
}

/** What a {@link Batch} does. */
export interface BatchOptions<TValue> {
  /** The weight at which a batch is full. */
  readonly limit: number;
  /** Default: 1 for every value. */
  readonly weigh?: (value: TValue) => number;
  readonly handle: (values: readonly TValue[]) => Promise<void>;
}

/** A batch that holds no more than its limit and the one value that filled it. */
export function createBatch<TValue>({ limit, weigh = () => 1, handle }: BatchOptions<TValue>): Batch<TValue> {
  let values: TValue[] = [];
  let weight = 0;

  const flush = async () => {
    const full = values;
    values = [];
    weight = 0;
    if (full.length > 0) await handle(full);
  };

  return {
    add: async (value) => {
      values.push(value);
      weight += weigh(value);
      if (weight >= limit) await flush();
    },
    end: flush,
  };
}
