/** One result of the benchmark. */
export interface Figure {
  /** Which part of the benchmark it is of. */
  readonly part: 'client-cpu' | 'throughput' | 'hot-account' | 'growth' | 'cold-start' | 'memory' | 'load';
  /** What was done: an operation, a concurrency, a package. */
  readonly name: string;
  /** Who did it. */
  readonly contender: string;
  /** The figure: against the base of the same run where there is one. */
  readonly ratio?: number;
  /** Absolute values, which say little beyond the machine they were taken on, by name with unit. */
  readonly values: Readonly<Record<string, number>>;
}
