import * as fc from 'fast-check';
import type { HistoryEntry, Model } from '../../src/judge/linearizability.ts';

/** What may be done to a purse: put something in, take something out if it is there, be refused because it is not, or look. */
export type PurseEvent =
  | { readonly kind: 'put' | 'take' | 'refused'; readonly amount: number }
  | { readonly kind: 'look'; readonly seen: number };

/** A history of a purse. */
export type History = readonly HistoryEntry<PurseEvent>[];

/** A purse that is empty at first. */
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

interface Shape {
  readonly unknownOfTen: number;
  readonly maxLength: number;
  /** How long an operation is under way at most, before its instant and after it; the instants are 10 apart. */
  readonly maxDelay: number;
}

/** Histories as they come of operations that each take effect at one instant; every amount in them is even. */
export const validHistory = ({ unknownOfTen, maxLength, maxDelay }: Shape): fc.Arbitrary<History> =>
  fc
    .array(
      fc.record({
        wanted: anyEvent,
        before: fc.integer({ min: 1, max: maxDelay }),
        after: fc.integer({ min: 1, max: maxDelay }),
        isUnknown: fc.nat(9).map((luck) => luck < unknownOfTen),
        takesEffect: fc.boolean(),
      }),
      { minLength: 1, maxLength, size: 'max' },
    )
    .map((drafts) => {
      let state = purse.initial;

      return drafts.map(({ wanted, before, after, isUnknown, takesEffect }, at) => {
        const event = truthOf(wanted, state);
        if (!isUnknown || takesEffect) state = purse.next(state, event) ?? state;
        const instant = 10 * (at + 1);
        return {
          invokedAt: instant - before - at / 1_000,
          returnedAt: isUnknown ? undefined : instant + after + 0.5 - at / 1_000,
          event,
        };
      });
    });

/** What comes of an event in a state: twice the amount is put or taken, or refused where there is less; what is seen is what is there. */
function truthOf(wanted: PurseEvent, state: number): PurseEvent {
  if (wanted.kind === 'look') return { kind: 'look', seen: state };

  const amount = 2 * wanted.amount;
  return { kind: wanted.kind === 'put' ? 'put' : state >= amount ? 'take' : 'refused', amount };
}
