import * as fc from 'fast-check';
import { checkLinearizability } from '../../src/linearizability/check-linearizability.ts';
import type { HistoryEntry } from '../../src/linearizability/history.ts';
import { isLinearizableByForce } from '../support/brute-force.ts';
import { purse, type PurseEvent } from '../support/purse.ts';
import { anyHistory, validHistory } from '../support/purse-histories.ts';

type History = readonly HistoryEntry<PurseEvent>[];
const verdictOf = (history: History) => checkLinearizability(purse, history).verdict;

/** To refuse a history takes a time that is exponential in what is under way at once: little, in those that shall be refused. */
const calm = { maxLength: 20, maxDelay: 30 };
const crowded = { maxLength: 60, maxDelay: 60 };

const isLook = ({ event, returnedAt }: HistoryEntry<PurseEvent>) => event.kind === 'look' && returnedAt !== undefined;
const isChange = ({ event }: HistoryEntry<PurseEvent>) => event.kind === 'put' || event.kind === 'take';

/** What is there at the end of a history in which nothing is unknown. */
const totalOf = (history: History) =>
  history.reduce((total, { event }) => (event.kind === 'look' ? total : (purse.next(total, event) ?? total)), 0);

describe(checkLinearizability, () => {
  it('comes to the same as trying every order', () => {
    const verdicts = new Map<string, number>();

    fc.assert(
      fc.property(anyHistory, (history) => {
        const verdict = verdictOf(history);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);

        expect(verdict).toBe(isLinearizableByForce(purse, history) ? 'linearizable' : 'not linearizable');
      }),
      { numRuns: 1_500 },
    );
    expect(verdicts.get('linearizable')).toBeGreaterThan(150);
    expect(verdicts.get('not linearizable')).toBeGreaterThan(150);
  });

  it('takes what came of operations that each took effect at one instant', () => {
    fc.assert(
      fc.property(validHistory({ ...crowded, unknownOfTen: 1 }), (history) => {
        expect(verdictOf(history)).toBe('linearizable');
      }),
      { numRuns: 500 },
    );
  });

  it('refuses such a history once a look has seen what can never have been there', () => {
    fc.assert(
      fc.property(validHistory({ ...calm, unknownOfTen: 1 }), fc.nat(100), (history, at) => {
        const looks = history.filter(isLook);
        fc.pre(looks.length > 0);
        const altered = looks[at % looks.length];
        const wrong = history.map((entry) =>
          entry === altered && entry.event.kind === 'look'
            ? { ...entry, event: { ...entry.event, seen: entry.event.seen + 1 } }
            : entry,
        );

        expect(verdictOf(wrong)).toBe('not linearizable');
      }),
      { numRuns: 300 },
    );
  });

  it('refuses such a history with one change too many or too few, by the look at its end', () => {
    fc.assert(
      fc.property(validHistory({ ...calm, unknownOfTen: 0 }), fc.nat(100), fc.boolean(), (history, at, isTwice) => {
        const changes = history.filter(isChange);
        fc.pre(changes.length > 0);
        const altered = changes[at % changes.length]!;
        const { event } = altered;
        const end = { invokedAt: 10_000, returnedAt: 10_001, event: { kind: 'look', seen: totalOf(history) } as const };
        const others = history.filter((entry) => entry !== altered);
        const wrong = isTwice ? [...history, { invokedAt: 5_000, returnedAt: 5_001, event }] : others;

        expect(verdictOf([...history, end])).toBe('linearizable');
        expect(verdictOf([...wrong, end])).toBe('not linearizable');
      }),
      { numRuns: 300 },
    );
  });
});
