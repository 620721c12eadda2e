import { checkLinearizability } from '../../src/linearizability/check-linearizability.ts';
import type { HistoryEntry } from '../../src/linearizability/history.ts';
import { from, look, purse, put, refused, take, type PurseEvent } from '../support/purse.ts';

type History = readonly HistoryEntry<PurseEvent>[];
const verdictOf = (history: History) => checkLinearizability(purse, history).verdict;

describe(checkLinearizability, () => {
  it.each<[string, History]>([
    ['nothing at all', []],
    ['one after another', [put(5, from(1, 2)), take(3, from(3, 4)), look(2, from(5, 6))]],
    ['a look that sees a put under way', [put(5, from(1, 4)), look(5, from(2, 3))]],
    ['a look that does not see a put under way', [put(5, from(1, 4)), look(0, from(2, 3))]],
    ['two looks at a put under way, first without it', [put(5, from(1, 6)), look(0, from(2, 3)), look(5, from(4, 5))]],
    ['a take that needs a put invoked after it', [take(5, from(1, 4)), put(5, from(2, 3))]],
    ['a refusal before a put under way', [put(5, from(1, 4)), refused(1, from(2, 3))]],
    ['an unknown put that took effect at once', [put(5, from(1)), look(5, from(2, 3))]],
    ['an unknown put that took effect late', [put(5, from(1)), look(0, from(2, 3)), look(5, from(4, 5))]],
    ['an unknown put that never took effect', [put(5, from(1)), look(0, from(2, 3)), refused(1, from(4, 5))]],
    ['an unknown take of what was never there', [take(5, from(1)), look(0, from(2, 3))]],
    ['two unknown puts of which one took effect', [put(5, from(1)), put(7, from(2)), look(7, from(3, 4))]],
    ['a look that begins when a put returns', [put(5, from(1, 2)), look(0, from(2, 3))]],
    ['operations given in any order', [look(5, from(3, 4)), put(5, from(1, 2))]],
  ])('takes %s', (_, history) => {
    expect(verdictOf(history)).toBe('linearizable');
  });

  it.each<[string, History]>([
    ['a stale look', [put(5, from(1, 2)), look(0, from(3, 4))]],
    ['a lost update', [put(5, from(1, 4)), put(7, from(2, 3)), look(7, from(5, 6))]],
    ['a double effect', [put(5, from(1, 2)), look(10, from(3, 4))]],
    ['an effect that was refused', [put(5, from(1, 2)), refused(9, from(3, 4)), look(14, from(5, 6))]],
    ['a look at a put that is not yet invoked', [look(5, from(1, 2)), put(5, from(3, 4))]],
    ['a look at a put whose outcome is unknown, before it', [look(5, from(1, 2)), put(5, from(3))]],
    ['looks that see a put under way and then no more', [put(5, from(1, 6)), look(5, from(2, 3)), look(0, from(4, 5))]],
    ['an unknown put that took effect and then no more', [put(5, from(1)), look(5, from(2, 3)), look(0, from(4, 5))]],
    ['an unknown put that took effect twice', [put(5, from(1)), look(5, from(2, 3)), look(10, from(4, 5))]],
    ['a refusal of what is there', [put(5, from(1, 2)), refused(5, from(3, 4))]],
    ['a take of what is not there', [put(5, from(1, 2)), take(6, from(3, 4))]],
    ['two takes of the same', [put(5, from(1, 2)), take(5, from(3, 6)), take(5, from(4, 5))]],
  ])('refuses %s', (_, history) => {
    expect(verdictOf(history)).toBe('not linearizable');
  });

  it('says where it came furthest, and what stood in the way', () => {
    const stale = look(5, from(5, 8));
    const beside = take(9, from(6, 12));
    const history = [put(5, from(1, 2)), put(2, from(3, 4)), stale, beside, look(7, from(9, 10))];

    const { furthest } = checkLinearizability(purse, history);

    expect(furthest).toEqual({ ordered: 2, state: 7, stuck: [stale, beside] });
  });

  it('leaves a history undecided at its limit', () => {
    const puts = Array.from({ length: 12 }, (_, at) => put(2 ** at, from(at + 1, 100 + at)));

    const { verdict, steps } = checkLinearizability(purse, [...puts, look(1, from(200, 201))], { maxSteps: 500 });

    expect(verdict).toBe('undecided');
    expect(steps).toBeGreaterThan(500);
    expect(steps).toBeLessThan(520);
  });

  it('throws when an operation returns before it was invoked', () => {
    expect(() => verdictOf([put(5, from(2, 1))])).toThrow('An operation returns before it was invoked.');
  });

  it('takes a long history with three operations under way at once in a few steps for each', () => {
    const history = Array.from({ length: 3_000 }, (_, at) => put(1, from(3 * at + 1, 3 * at + 8.5)));

    const { verdict, steps } = checkLinearizability(purse, [...history, look(3_000, from(1e5, 1e5 + 1))]);

    expect(verdict).toBe('linearizable');
    expect(steps).toBeLessThan(4 * 3_000);
  });

  it('finds the place of many operations that were under way for long among many looks', () => {
    const long = Array.from({ length: 20 }, (_, at) => put(2 ** (at + 10), from(at + 1, 10_000 + at)));
    let total = 0;
    const looks = Array.from({ length: 400 }, (_, at) => {
      if (at % 20 === 7) total += 2 ** (Math.floor(at / 20) + 10);
      return look(total, from(100 + 2 * at, 101 + 2 * at));
    });

    const { verdict, steps } = checkLinearizability(purse, [...long, ...looks]);

    expect(verdict).toBe('linearizable');
    expect(steps).toBeLessThan(40_000);
  });

  it('needs few steps where it is told about when operations took effect', () => {
    const likelyAt = (at: number) => 1_000 + 10 * at;
    // Every other guess comes a little too late.
    const long = Array.from({ length: 60 }, (_, at) => ({
      ...put(at, from(1, 10_000)),
      likelyAt: likelyAt(at) + 3 * (at % 2),
    }));
    const looks = long.map((_, at) => look((at * (at + 1)) / 2, from(likelyAt(at) + 1, likelyAt(at) + 2)));

    const { verdict, steps } = checkLinearizability(purse, [...long, ...looks]);

    expect(verdict).toBe('linearizable');
    expect(steps).toBeLessThan(20_000);
  });
});
