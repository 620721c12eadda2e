import * as fc from 'fast-check';
import type { HistoryEntry, Model } from '../../src/judge/linearizability.ts';

/** What may be done to a purse: put something in, take something out if it is there, be refused because it is not, or look. */
export type PurseEvent =
  | { readonly kind: 'put' | 'take' | 'refused'; readonly amount: number }
  | { readonly kind: 'look'; readonly seen: number };

export type History = readonly HistoryEntry<PurseEvent>[];

export const purse: Model<number, PurseEvent> = {
  initial: 0,
  next: (state, event) => {
    switch (event.kind) {
      case 'put':
        return state + event.amount;
      case 'take':
        return state >= event.amount ? state - event.amount : undefined;
      case 'refused':
        return state < event.amount ? state : undefined;
      case 'look':
        return state === event.seen ? state : undefined;
    }
  },
  keyOf: String,
};

/** Whether a history is linearizable, found by trying every order of every choice of the operations whose outcome is unknown. */
export function isLinearizableByForce<TState, TEvent>(
  model: Model<TState, TEvent>,
  history: readonly HistoryEntry<TEvent>[],
): boolean {
  const unknown = history.filter(({ returnedAt }) => returnedAt === undefined);
  const known = history.filter((entry) => !unknown.includes(entry));

  return subsetsOf(unknown).some((chosen) =>
    permutationsOf([...known, ...chosen]).some((order) => keepsTime(order) && isAllowed(model, order)),
  );
}

const subsetsOf = <TItem>(items: readonly TItem[]): TItem[][] =>
  items.reduce<TItem[][]>((subsets, item) => subsets.flatMap((subset) => [subset, [...subset, item]]), [[]]);

function permutationsOf<TItem>(items: readonly TItem[]): TItem[][] {
  if (items.length === 0) return [[]];

  return items.flatMap((first, at) => permutationsOf(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** Whether no operation comes after one that was only invoked when it had returned. */
const keepsTime = <TEvent>(order: readonly HistoryEntry<TEvent>[]): boolean =>
  order.every(({ invokedAt }, at) => order.slice(at + 1).every(({ returnedAt = Infinity }) => returnedAt >= invokedAt));

function isAllowed<TState, TEvent>(model: Model<TState, TEvent>, order: readonly HistoryEntry<TEvent>[]): boolean {
  let state: TState | undefined = model.initial;
  for (const { event } of order) state = state === undefined ? undefined : model.next(state, event);

  return state !== undefined;
}

const anyEvent: fc.Arbitrary<PurseEvent> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('put' as const, 'take' as const, 'refused' as const),
    amount: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('look' as const), seen: fc.nat(6) }),
);

/** Small histories of anything at any time: most of them cannot have been. */
export const anyHistory: fc.Arbitrary<History> = fc.array(
  fc
    .record({ event: anyEvent, invokedAt: fc.nat(10), duration: fc.integer({ min: 1, max: 6 }), luck: fc.nat(3) })
    .map(({ event, invokedAt, duration, luck }) => ({
      event,
      invokedAt,
      returnedAt: luck === 0 ? undefined : invokedAt + duration,
    })),
  { maxLength: 5 },
);
