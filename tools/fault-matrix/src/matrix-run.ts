/** One run of a row: one fault at one call, under some circumstances. */
export interface MatrixRun {
  /** The name of the row. */
  readonly row: string;
  readonly circumstance: string;
  /** The call that the fault befell; 0 in a run without one. */
  readonly call: number;
  /** The operation of that call. */
  readonly target: string;
  readonly fault: string;
  readonly outcome: string;
  /** Everything that is wrong with it. */
  readonly problems: readonly string[];
  /** Whose run it was. */
  readonly username: string;
}
