import type { HistoryEntry } from './history.ts';

/** An invocation or a return. */
export interface Moment<TEvent> {
  readonly kind: 'invocation' | 'return';
  readonly entry: HistoryEntry<TEvent>;
  /** The place of the entry in the order of invocations, from 0. */
  readonly index: number;
  /** The return of an invocation, if it has one. */
  readonly end?: Moment<TEvent>;
  previous: Moment<TEvent> | undefined;
  next: Moment<TEvent> | undefined;
}

/** The moments of the operations that are still to be put in order, by time. What is taken out last must be put back first. */
export interface Timeline<TEvent> {
  first(): Moment<TEvent> | undefined;
  /** Takes out an invocation and its return. */
  lift(invocation: Moment<TEvent>): void;
  /** Puts both back where they were. */
  unlift(invocation: Moment<TEvent>): void;
}

/** Lays the invocations and returns of a history out in time. @throws when two of them have the same time or a return comes first. */
export function createTimeline<TEvent>(history: readonly HistoryEntry<TEvent>[]): Timeline<TEvent> {
  const moments = history.toSorted((left, right) => left.invokedAt - right.invokedAt).flatMap(momentsOf);
  moments.sort((left, right) => timeOf(left) - timeOf(right));
  let head = moments[0];

  for (const [at, moment] of moments.entries()) {
    moment.previous = moments[at - 1];
    moment.next = moments[at + 1];
    if (moment.previous && timeOf(moment.previous) === timeOf(moment))
      throw new Error('Two moments have the same time.');
  }

  const takeOut = (moment: Moment<TEvent>) => {
    if (moment.previous) moment.previous.next = moment.next;
    else head = moment.next;
    if (moment.next) moment.next.previous = moment.previous;
  };
  const putBack = (moment: Moment<TEvent>) => {
    if (moment.previous) moment.previous.next = moment;
    else head = moment;
    if (moment.next) moment.next.previous = moment;
  };

  return {
    first: () => head,
    lift: (invocation) => {
      takeOut(invocation);
      if (invocation.end) takeOut(invocation.end);
    },
    unlift: (invocation) => {
      if (invocation.end) putBack(invocation.end);
      putBack(invocation);
    },
  };
}

function momentsOf<TEvent>(entry: HistoryEntry<TEvent>, index: number): Moment<TEvent>[] {
  const place = { entry, index, previous: undefined, next: undefined };
  if (entry.returnedAt === undefined) return [{ kind: 'invocation', ...place }];
  if (entry.returnedAt <= entry.invokedAt) throw new Error('An operation returns before it was invoked.');

  const end: Moment<TEvent> = { kind: 'return', ...place };
  return [{ kind: 'invocation', ...place, end }, end];
}

const timeOf = <TEvent>({ kind, entry }: Moment<TEvent>): number =>
  kind === 'invocation' ? entry.invokedAt : (entry.returnedAt ?? Infinity);
