import * as fc from 'fast-check';
import type { HistoryEntry } from '../../src/linearizability/history.ts';
import { purse, type PurseEvent } from './purse.ts';

type Entry = HistoryEntry<PurseEvent>;

const amount = fc.integer({ min: 1, max: 3 });
const anyEvent: fc.Arbitrary<PurseEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('put' as const, 'take' as const, 'refused' as const), amount }),
  fc.record({ kind: fc.constant('look' as const), seen: fc.nat(6) }),
);

const anyTimes = fc
  .record({
    invokedAt: fc.nat(10),
    duration: fc.integer({ min: 1, max: 6 }),
    isUnknown: fc.nat(3).map((share) => share === 0),
  })
  .map(({ invokedAt, duration, isUnknown }) => ({
    invokedAt,
    returnedAt: isUnknown ? undefined : invokedAt + duration,
  }));

/** Small histories of anything at any time: most of them cannot have been. */
export const anyHistory: fc.Arbitrary<Entry[]> = fc.array(
  fc.record({ times: anyTimes, event: anyEvent }).map(({ times, event }) => ({ ...times, event })),
  { maxLength: 5 },
);

interface Draft {
  readonly wanted: PurseEvent;
  readonly before: number;
  readonly after: number;
  readonly isUnknown: boolean;
  readonly takesEffect: boolean;
}

interface Shape {
  readonly unknownOfTen: number;
  readonly maxLength: number;
  /** How long an operation is under way at most, before its instant and after it; the instants are 10 apart. */
  readonly maxDelay: number;
}

const draftsOf = ({ unknownOfTen, maxLength, maxDelay }: Shape): fc.Arbitrary<Draft[]> =>
  fc.array(
    fc.record({
      wanted: anyEvent,
      before: fc.integer({ min: 1, max: maxDelay }),
      after: fc.integer({ min: 1, max: maxDelay }),
      isUnknown: fc.nat(9).map((share) => share < unknownOfTen),
      takesEffect: fc.boolean(),
    }),
    { minLength: 1, maxLength, size: 'max' },
  );

/** Histories as they come of operations that each take effect at one instant; every amount in them is even. */
export const validHistory = (shape: Shape): fc.Arbitrary<Entry[]> =>
  draftsOf(shape).map((drafts) => {
    let state = purse.initial;

    return drafts.map((draft, at): Entry => {
      const event = truthOf(draft.wanted, state);
      if (!draft.isUnknown || draft.takesEffect) state = purse.next(state, event) ?? state;
      const instant = 10 * (at + 1);
      return {
        invokedAt: instant - draft.before - at / 1_000,
        returnedAt: draft.isUnknown ? undefined : instant + draft.after + 0.5 - at / 1_000,
        event,
      };
    });
  });

/** What comes of an event in a state: twice the amount is put or taken, or refused where there is less; what is seen is what is there. */
function truthOf(wanted: PurseEvent, state: number): PurseEvent {
  if (wanted.kind === 'look') return { kind: 'look', seen: state };

  const doubled = 2 * wanted.amount;
  if (wanted.kind === 'put') return { kind: 'put', amount: doubled };
  return { kind: state >= doubled ? 'take' : 'refused', amount: doubled };
}
