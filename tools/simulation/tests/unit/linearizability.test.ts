import * as fc from 'fast-check';
import { checkLinearizability } from '../../src/judge/linearizability.ts';
import { anyHistory, isLinearizableByForce, purse, type History } from '../support/purse.ts';

const verdictOf = (history: History) => checkLinearizability(purse, history).verdict;

/** One operation with the times of its invocation and its return; without the latter nobody knows what became of it. */
const operation = (kind: 'put' | 'take' | 'refused') => (amount: number, invokedAt: number, returnedAt?: number) => ({
  invokedAt,
  returnedAt,
  event: { kind, amount },
});
const [put, take, refused] = [operation('put'), operation('take'), operation('refused')];
const look = (seen: number, invokedAt: number, returnedAt?: number) => ({
  invokedAt,
  returnedAt,
  event: { kind: 'look', seen } as const,
});

describe(checkLinearizability, () => {
  it.each<[string, History]>([
    ['a stale look', [put(5, 1, 2), look(0, 3, 4)]],
    ['a lost update', [put(5, 1, 4), put(7, 2, 3), look(7, 5, 6)]],
    ['a double effect', [put(5, 1, 2), look(10, 3, 4)]],
    ['an effect that was refused', [put(5, 1, 2), refused(9, 3, 4), look(14, 5, 6)]],
    ['a look at a put that is not yet invoked', [look(5, 1, 2), put(5, 3, 4)]],
    ['a look at a put whose outcome is unknown, before it', [look(5, 1, 2), put(5, 3)]],
    ['looks that see a put under way and then no more', [put(5, 1, 6), look(5, 2, 3), look(0, 4, 5)]],
    ['an unknown put that took effect and then no more', [put(5, 1), look(5, 2, 3), look(0, 4, 5)]],
    ['an unknown put that took effect twice', [put(5, 1), look(5, 2, 3), look(10, 4, 5)]],
    ['a refusal of what is there', [put(5, 1, 2), refused(5, 3, 4)]],
    ['a take of what is not there', [put(5, 1, 2), take(6, 3, 4)]],
    ['two takes of the same', [put(5, 1, 2), take(5, 3, 6), take(5, 4, 5)]],
  ])('refuses %s', (_, history) => {
    expect(verdictOf(history)).toBe('not linearizable');
  });

  it('says where it came furthest, and what blocked it', () => {
    const stale = look(5, 5, 8);
    const beside = take(9, 6, 12);
    const history = [put(5, 1, 2), put(2, 3, 4), stale, beside, look(7, 9, 10)];

    const { furthest } = checkLinearizability(purse, history);

    expect(furthest).toEqual({ ordered: 2, state: 7, stuck: [stale, beside] });
  });

  it('leaves a history undecided at its limit', () => {
    const puts = Array.from({ length: 12 }, (_, at) => put(2 ** at, at + 1, 100 + at));

    const { verdict, steps } = checkLinearizability(purse, [...puts, look(1, 200, 201)], { maxSteps: 500 });

    expect(verdict).toBe('undecided');
    expect(steps).toBeGreaterThan(500);
    expect(steps).toBeLessThan(520);
  });

  it('throws when an operation returns before it was invoked', () => {
    expect(() => verdictOf([put(5, 2, 1)])).toThrow('An operation returns before it was invoked.');
  });

  it('takes a long history with three operations under way at once in a few steps for each', () => {
    const history = Array.from({ length: 3_000 }, (_, at) => put(1, 3 * at + 1, 3 * at + 8.5));

    const { verdict, steps } = checkLinearizability(purse, [...history, look(3_000, 1e5, 1e5 + 1)]);

    expect(verdict).toBe('linearizable');
    expect(steps).toBeLessThan(4 * 3_000);
  });

  it('needs few steps where it is told about when operations took effect', () => {
    const likelyAt = (at: number) => 1_000 + 10 * at;
    // Every other guess comes a little too late.
    const long = Array.from({ length: 60 }, (_, at) => ({
      ...put(at, 1, 10_000),
      likelyAt: likelyAt(at) + 3 * (at % 2),
    }));
    const looks = long.map((_, at) => look((at * (at + 1)) / 2, likelyAt(at) + 1, likelyAt(at) + 2));

    const { verdict, steps } = checkLinearizability(purse, [...long, ...looks]);

    expect(verdict).toBe('linearizable');
    expect(steps).toBeLessThan(20_000);
  });

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
});
