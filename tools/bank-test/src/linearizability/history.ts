/** One operation of a history: what somebody did to an object, from its invocation to its return. */
export interface HistoryEntry<TEvent> {
  /** When it was invoked, by a clock that all operations of the history share and that never goes back. */
  readonly invokedAt: number;
  /** When it returned; absent if nobody knows what became of it: it may take effect at any time after its invocation, or never. */
  readonly returnedAt?: number | undefined;
  /**
   * When it seems to have taken effect; by default, when it returned. It only decides what is tried first: the better the guess, the shorter
   * the search.
   */
  readonly likelyAt?: number | undefined;
  /** What was done and what came of it. */
  readonly event: TEvent;
}

/** What an object is, told as if its operations came one after another. */
export interface Model<TState, TEvent> {
  readonly initial: TState;
  /** The state after the event; `undefined` if it cannot come to that in this state. */
  next(state: TState, event: TEvent): TState | undefined;
  /** The same text for states that nothing tells apart. */
  keyOf(state: TState): string;
}
