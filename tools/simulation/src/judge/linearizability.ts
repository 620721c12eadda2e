/** One operation of a history: what a client did to an object, from its invocation to its return. */
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

export interface LinearizabilityCheck<TState, TEvent> {
  /** `undecided` when the search was given up at its limit. */
  readonly verdict: 'linearizable' | 'not linearizable' | 'undecided';
  readonly steps: number;
  /** Where the search came furthest, in a history that is refused. */
  readonly furthest?: FurthestPoint<TState, TEvent> | undefined;
}

export interface FurthestPoint<TState, TEvent> {
  readonly ordered: number;
  readonly state: TState;
  /** Those of which one must take effect next, the likeliest at the head: none of them can. */
  readonly stuck: readonly HistoryEntry<TEvent>[];
}

/** A point of the search. Operations are named by their place in the order of returns. */
interface Point<TState> {
  readonly state: TState;
  /** All operations before this one have taken effect. */
  readonly base: number;
  /** Those after it that have taken effect out of turn, in their order. */
  readonly ahead: readonly number[];
  /** How often, on the way here, something likelier was passed over. */
  readonly doubts: number;
}

const defaultMaxSteps = 500_000;

/**
 * Decides whether a history is linearizable: whether each operation can have taken effect at one instant between its invocation and its
 * return, such that the model allows all of them in that order. One whose outcome is unknown may take effect at any time after its
 * invocation, or never.
 *
 * The search of Wing and Gong with the memory of Lowe: no set of operations is tried twice with the same state. It goes on where the most
 * operations are in order and the fewest likelier ones were passed over. Time grows with the length of the history and, for one that is
 * refused or whose guesses are bad, with two to the power of the operations that are under way at once.
 *
 * @see {@link https://doi.org/10.1002/cpe.3928} Gavin Lowe, Testing for linearizability
 */
export function checkLinearizability<TState, TEvent>(
  model: Model<TState, TEvent>,
  history: readonly HistoryEntry<TEvent>[],
  { maxSteps = defaultMaxSteps }: { readonly maxSteps?: number } = {},
): LinearizabilityCheck<TState, TEvent> {
  const { entries, returned, open } = layOut(history);
  const seen = new Set<string>();
  /** The points to go on from by their rank; of those with the highest rank the last one that came is the first to be taken. */
  const ranks: Point<TState>[][] = [];
  let furthest: FurthestPoint<TState, TEvent> | undefined;
  let point: Point<TState> | undefined = { state: model.initial, base: 0, ahead: [], doubts: 0 };

  while (point && point.base < returned) {
    const { state, ahead, base } = point;
    const candidates = (open[base] ?? []).filter((place) => !ahead.includes(place));
    let isStuck = true;

    // The last one that is put is the first to be taken, and that shall be the likeliest.
    for (const [doubts, place] of [...candidates.entries()].reverse()) {
      const entry = entries[place];
      const next = entry && model.next(state, entry.event);
      if (next === undefined) continue;
      isStuck = false;
      const reached = { state: next, ...withPlace(point, place), doubts: point.doubts + doubts };
      const key = `${reached.base} ${reached.ahead.join()} ${model.keyOf(next)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const rank = Math.max(0, reached.base + reached.ahead.length - reached.doubts);
      while (ranks.length <= rank) ranks.push([]);
      ranks[rank]?.push(reached);
    }
    const ordered = base + ahead.length;
    if (isStuck && ordered >= (furthest?.ordered ?? 0)) {
      furthest = { ordered, state, stuck: candidates.flatMap((place) => entries[place] ?? []) };
    }
    if (seen.size > maxSteps) return { verdict: 'undecided', steps: seen.size };
    while (ranks.at(-1)?.length === 0) ranks.pop();
    point = ranks.at(-1)?.pop();
  }
  return point
    ? { verdict: 'linearizable', steps: seen.size }
    : { verdict: 'not linearizable', steps: seen.size, furthest };
}

function withPlace({ base, ahead }: Pick<Point<unknown>, 'base' | 'ahead'>, place: number) {
  const more = [...ahead, place].sort((left, right) => left - right);
  const inTurn = more.findIndex((each, at) => each !== base + at);
  const passed = inTurn === -1 ? more.length : inTurn;

  return { base: base + passed, ahead: more.slice(passed) };
}

/**
 * Lays a history out by the time at which its operations return; those of unknown outcome come last. For each operation that has returned,
 * `open` names which ones may take effect once all before it have, by their place in this order: itself and all that return later, if at
 * all, but were invoked by the time it returned; the likeliest comes first.
 *
 * @throws Error when an operation returns before it was invoked.
 */
function layOut<TEvent>(history: readonly HistoryEntry<TEvent>[]) {
  const entries = history.toSorted((left, right) => compare(returnOf(left), returnOf(right)));
  const returned = entries.filter((entry) => returnOf(entry) < Infinity).length;
  const places = entries.map((entry, place) => ({ entry, place }));
  const waiting = places.toSorted((left, right) => right.entry.invokedAt - left.entry.invokedAt);
  const open: number[][] = [];
  let present: number[] = [];

  if (entries.some((entry) => returnOf(entry) <= entry.invokedAt)) {
    throw new Error('An operation returns before it was invoked.');
  }
  for (const { entry, place } of places.slice(0, returned)) {
    for (let next = waiting.at(-1); next && next.entry.invokedAt <= returnOf(entry); next = waiting.at(-1)) {
      present.push(next.place);
      waiting.pop();
    }
    present = present.filter((each) => each >= place);
    open.push(present.toSorted((left, right) => compare(likelyAt(entries[left]), likelyAt(entries[right]))));
  }
  return { entries, returned, open };
}

const returnOf = <TEvent>({ returnedAt = Infinity }: HistoryEntry<TEvent>): number => returnedAt;
const likelyAt = <TEvent>(entry: HistoryEntry<TEvent> | undefined): number =>
  entry?.likelyAt ?? entry?.returnedAt ?? Infinity;
/** Infinity less infinity is no number. */
const compare = (left: number, right: number): number => (left === right ? 0 : left - right);
