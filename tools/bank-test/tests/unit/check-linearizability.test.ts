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
    const beside = put(3, from(6));
    const history = [put(5, from(1, 2)), put(2, from(3, 4)), stale, beside, look(7, from(9, 10))];

    const { furthest } = checkLinearizability(purse, history);

    expect(furthest).toEqual({ ordered: 3, state: 10, stuck: stale, beside: [] });
  });

  it('leaves a history undecided at its limit', () => {
    const puts = Array.from({ length: 12 }, (_, at) => put(2 ** at, from(at + 1, 100 + at)));

    expect(checkLinearizability(purse, [...puts, look(1, from(200, 201))], { maxSteps: 500 })).toEqual({
      verdict: 'undecided',
      steps: 501,
    });
  });

  it.each<[string, History]>([
    ['Two moments have the same time.', [put(5, from(1, 2)), put(5, from(2, 3))]],
    ['An operation returns before it was invoked.', [put(5, from(2, 1))]],
  ])('throws: %s', (message, history) => {
    expect(() => verdictOf(history)).toThrow(message);
  });

  it('takes a long history with a few operations under way at once in about as many steps as it has operations', () => {
    const history = Array.from({ length: 3_000 }, (_, at) => put(1, from(3 * at + 1, 3 * at + 8.5)));

    const { verdict, steps } = checkLinearizability(purse, [...history, look(3_000, from(1e5, 1e5 + 1))]);

    expect({ verdict, steps }).toEqual({ verdict: 'linearizable', steps: 3_001 });
  });
});
