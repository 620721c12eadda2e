import type { Fact } from '../../src/facts.ts';
import { applyEffect, difference, judge, type Trial } from '../../src/judge.ts';
import type { Told } from '../../src/told.ts';

const money: Fact = { id: 'ada USD', line: 'USD 1000', isFence: false };
const moreMoney: Fact = { id: 'ada USD', line: 'USD 1250', isFence: false };
const entry: Fact = { id: 't-1', line: 'entry DEPOSIT', isFence: false };
const other: Fact = { ...entry, id: 't-9' };
const fence: Fact = { id: 't-2', line: 'entry FAILED', isFence: true };
const [before, after] = [[money], [moreMoney, entry]];

const answered = (replayed?: boolean, fact = entry): Told => ({ kind: 'answered', fact, replayed });
const refused = (code?: string): Told => ({ kind: 'refused', code });
const failed: Told = { kind: 'failed', code: 'CONTENTION' };
const unknown: Told = { kind: 'unknown', operation: 'createTransaction' };
const crashed: Told = { kind: 'crashed' };
const wrong: Told = { kind: 'wrong', error: new TypeError('x is not a function') };

const row = { identity: 'key', effect: ['~ USD 1250', '+ entry DEPOSIT'] } as const;
const refusal = 'BALANCE_INSUFFICIENT';
/** A row about a first request that lands when it could succeed. */
const late = { ...row, refusal };
const keyless = { identity: 'none', effect: [], refusal } as const;

/** A deposit under a key that succeeds at once, and whose repeat is a replay. */
const trialOf = (overrides: Partial<Trial>): Trial => ({
  ...{ row, before, without: before, isCertain: false, told: answered(false), factsThen: after },
  ...{ retold: answered(true), factsNow: after, ...overrides },
});

/** A withdrawal under a key that is refused, each time. */
const refusedOf = (overrides: Partial<Trial>): Trial => ({
  ...trialOf({ row: { identity: 'key', effect: [], refusal }, told: refused(refusal), factsThen: before }),
  ...{ retold: refused(refusal), factsNow: before, ...overrides },
});

describe(judge, () => {
  it.each<[string, Trial]>([
    ['the call failed (CONTENTION), and its effect was stored', trialOf({ told: failed })],
    ['the call answered, and its effect was not stored', trialOf({ factsThen: before })],
    ['the call answered as a replay, although it was the first', trialOf({ told: answered(true) })],
    ['the call answered with what was not stored: entry DEPOSIT', trialOf({ told: answered(false, other) })],
    ['the call was refused (NO_USER), although nothing speaks against it', trialOf({ told: refused('NO_USER') })],
    ['the call was refused (left behind), and its effect was stored', trialOf({ told: refused() })],
    ['OUTCOME_UNKNOWN, although nothing leaves it in doubt', trialOf({ told: unknown, isCertain: true })],
    ['OUTCOME_UNKNOWN, and does not name the operation', trialOf({ told: { kind: 'unknown' } })],
    ['the call ended with TypeError: x is not a function', trialOf({ told: wrong })],
    ['stored in part or twice: - entry DEPOSIT', trialOf({ told: crashed, factsThen: [moreMoney] })],
    ['the repeat answered as new, and it was stored before', trialOf({ told: unknown, retold: answered(false) })],
    ['the repeat answered as a replay, and it was not', trialOf({ told: unknown, factsThen: before })],
    ['the repeat answered with what is not stored: entry', trialOf({ retold: answered(true, other) })],
    ['the repeat failed (CONTENTION), although no fault was injected', trialOf({ retold: failed })],
    ['the repeat ended with OUTCOME_UNKNOWN, although no fault', trialOf({ retold: unknown })],
    ['the repeat ended with TypeError: x is not a function', trialOf({ retold: wrong })],
    ['the repeat was refused (NO_USER), although nothing', trialOf({ retold: refused('NO_USER') })],
    ['neither never nor once: + entry DEPOSIT', trialOf({ factsNow: [...after, other] })],
    ['in the end its effect is not stored', trialOf({ factsNow: before })],
    ['the call answered, although it must be refused', refusedOf({ told: answered(false) })],
    ['although it must be refused with BALANCE_INSUFFICIENT', refusedOf({ told: refused('NO_USER') })],
    ['in part or twice', refusedOf({ factsThen: after })],
    ['the repeat answered, although it must be refused', refusedOf({ retold: answered(false) })],
    ['the repeat answered, although it must', refusedOf({ row: late, retold: answered(false), factsNow: after })],
    ['was refused (BALANCE_INSUFFICIENT), and its effect came', refusedOf({ row: late, factsLanded: after })],
    ['failed (CONTENTION), and its effect came', refusedOf({ row: late, told: failed, factsLanded: after })],
    ['its effect is stored, although it was refused', refusedOf({ row: late, factsNow: after })],
    ['2 fences were left behind', refusedOf({ factsNow: [money, fence, fence] })],
    ['3 fences were left behind', refusedOf({ row: keyless, factsNow: [money, fence, fence, fence] })],
  ])('finds that %s', (problem, trial) => {
    expect(judge(trial).problems).toContainEqual(expect.stringContaining(problem) as string);
  });
});

it('applies an effect, and compares lines of which each counts', () => {
  expect(applyEffect(['USD 1', 'EUR 1'], ['~ USD 2', '+ EUR 1'])).toEqual(['EUR 1', 'USD 2', 'EUR 1']);
  expect(() => applyEffect(['EUR 1', 'EUR 2'], ['~ EUR 3'])).toThrow('replaces 2 lines');
  expect(difference(['a', 'b', 'b'], ['b', 'c'])).toEqual(['- a', '- b', '+ c']);
});
