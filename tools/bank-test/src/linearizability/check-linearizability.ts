import type { HistoryEntry, Model } from './history.ts';
import { createTimeline, type Moment } from './timeline.ts';

/** What a check has found. */
export interface LinearizabilityCheck<TState, TEvent> {
  /** `undecided` when the search was given up at its limit. */
  readonly verdict: 'linearizable' | 'not linearizable' | 'undecided';
  /** How many states the search went through. */
  readonly steps: number;
  /** Where the search came furthest before an operation that has returned could not have taken effect; of a history that is refused. */
  readonly furthest?: FurthestPoint<TState, TEvent> | undefined;
}

/** How far a history can be put in order. */
export interface FurthestPoint<TState, TEvent> {
  /** How many operations came before. */
  readonly ordered: number;
  /** What they led to. */
  readonly state: TState;
  /** The operation that must have taken effect by now, and cannot. */
  readonly stuck: HistoryEntry<TEvent>;
  /** Those that were under way beside it. */
  readonly beside: readonly HistoryEntry<TEvent>[];
}

/** Beyond this many states a history is left undecided. */
const defaultMaxSteps = 500_000;

/**
 * Decides whether a history is linearizable: whether each operation can have taken effect at one instant between its invocation and its
 * return, such that the model allows all of them in that order. One whose outcome is unknown may take effect at any time after its
 * invocation, or never.
 *
 * The search of Wing and Gong with the memory of Lowe: no set of operations is tried twice with the same state. Its time grows with the
 * length of the history and, for one that is refused, with two to the power of the operations that are under way at once.
 *
 * @see {@link https://doi.org/10.1002/cpe.3928} Gavin Lowe, Testing for linearizability
 */
export function checkLinearizability<TState, TEvent>(
  model: Model<TState, TEvent>,
  history: readonly HistoryEntry<TEvent>[],
  { maxSteps = defaultMaxSteps }: { readonly maxSteps?: number } = {},
): LinearizabilityCheck<TState, TEvent> {
  const timeline = createTimeline(history);
  const seen = new Set<string>();
  const chosen: { readonly invocation: Moment<TEvent>; readonly before: TState; readonly beforeDone: bigint }[] = [];
  let left = history.filter(({ returnedAt }) => returnedAt !== undefined).length;
  let state = model.initial;
  let done = 0n;
  let furthest: FurthestPoint<TState, TEvent> | undefined;
  let moment = timeline.first();

  while (left > 0 && moment) {
    if (moment.kind === 'invocation') {
      const next = model.next(state, moment.entry.event);
      const nextDone = done | (1n << BigInt(moment.index));

      if (next === undefined || !remember(seen, `${nextDone.toString(32)} ${model.keyOf(next)}`)) {
        moment = moment.next;
        continue;
      }
      if (seen.size > maxSteps) return { verdict: 'undecided', steps: seen.size };
      chosen.push({ invocation: moment, before: state, beforeDone: done });
      timeline.lift(moment);
      if (moment.end) left -= 1;
      [state, done, moment] = [next, nextDone, timeline.first()];
    } else {
      if (chosen.length >= (furthest?.ordered ?? 0)) {
        const beside = underWay(timeline.first(), moment);
        furthest = { ordered: chosen.length, state, stuck: moment.entry, beside };
      }
      const last = chosen.pop();
      if (!last) return { verdict: 'not linearizable', steps: seen.size, furthest };

      timeline.unlift(last.invocation);
      if (last.invocation.end) left += 1;
      [state, done, moment] = [last.before, last.beforeDone, last.invocation.next];
    }
  }
  return { verdict: 'linearizable', steps: seen.size };
}

/** Whether it was new. */
function remember(seen: Set<string>, key: string): boolean {
  const size = seen.size;
  return seen.add(key).size > size;
}

/** The operations that were invoked before a return, apart from its own. */
function underWay<TEvent>(first: Moment<TEvent> | undefined, end: Moment<TEvent>): HistoryEntry<TEvent>[] {
  const entries: HistoryEntry<TEvent>[] = [];

  for (let moment = first; moment && moment !== end; moment = moment.next) {
    if (moment.entry !== end.entry) entries.push(moment.entry);
  }
  return entries;
}
