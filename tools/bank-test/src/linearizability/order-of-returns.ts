import type { HistoryEntry } from './history.ts';

/** A history laid out by the time at which its operations return; those of unknown outcome come last. */
export interface OrderOfReturns<TEvent> {
  readonly entries: readonly HistoryEntry<TEvent>[];
  /** How many of them have returned. */
  readonly returned: number;
  /**
   * For each operation that has returned: which ones may take effect once all before it have, by their place in this order. Those are it
   * itself and all that return later, if at all, but were invoked by the time it returned; the likeliest comes first.
   */
  readonly open: readonly (readonly number[])[];
}

/** Lays a history out. @throws when an operation returns before it was invoked. */
export function layOut<TEvent>(history: readonly HistoryEntry<TEvent>[]): OrderOfReturns<TEvent> {
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
