import { createBestFirst } from './best-first.ts';
import type { HistoryEntry, Model } from './history.ts';
import { layOut } from './order-of-returns.ts';

/** What a check has found. */
export interface LinearizabilityCheck<TState, TEvent> {
  /** `undecided` when the search was given up at its limit. */
  readonly verdict: 'linearizable' | 'not linearizable' | 'undecided';
  /** How many states the search went through. */
  readonly steps: number;
  /** Where the search came furthest, in a history that is refused. */
  readonly furthest?: FurthestPoint<TState, TEvent> | undefined;
}

/** How far a history can be put in order. */
export interface FurthestPoint<TState, TEvent> {
  /** How many operations came before. */
  readonly ordered: number;
  /** What they led to. */
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

/** Beyond this many states a history is left undecided. */
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
  const points = createBestFirst<Point<TState>>();
  let furthest: FurthestPoint<TState, TEvent> | undefined;
  let point: Point<TState> | undefined = { state: model.initial, base: 0, ahead: [], doubts: 0 };

  for (; point && point.base < returned; point = points.take()) {
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
      if (remember(seen, keyOf(reached, model))) points.put(reached, rankOf(reached));
    }
    const ordered = base + ahead.length;
    if (isStuck && ordered >= (furthest?.ordered ?? 0)) {
      furthest = { ordered, state, stuck: candidates.flatMap((place) => entries[place] ?? []) };
    }
    if (seen.size > maxSteps) return { verdict: 'undecided', steps: seen.size };
  }
  return point
    ? { verdict: 'linearizable', steps: seen.size }
    : { verdict: 'not linearizable', steps: seen.size, furthest };
}

/** One more operation has taken effect. */
function withPlace({ base, ahead }: Pick<Point<unknown>, 'base' | 'ahead'>, place: number) {
  const more = [...ahead, place].sort((left, right) => left - right);
  const inTurn = more.findIndex((each, at) => each !== base + at);
  const passed = inTurn === -1 ? more.length : inTurn;

  return { base: base + passed, ahead: more.slice(passed) };
}

const rankOf = ({ base, ahead, doubts }: Point<unknown>): number => base + ahead.length - doubts;

const keyOf = <TState>({ state, base, ahead }: Point<TState>, model: Model<TState, never>): string =>
  `${base} ${ahead.join()} ${model.keyOf(state)}`;

/** Whether it was new. */
function remember(seen: Set<string>, key: string): boolean {
  const size = seen.size;
  return seen.add(key).size > size;
}
