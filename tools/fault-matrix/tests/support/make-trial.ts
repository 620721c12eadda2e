import type { Fact } from '../../src/facts/fact.ts';
import type { Trial } from '../../src/judge.ts';
import type { Told } from '../../src/told.ts';

/** What is there before the call of a deposit, and what is there after it. */
export const money: Fact = { id: 'ada USD', line: 'USD 1000', isFence: false };
export const moreMoney: Fact = { id: 'ada USD', line: 'USD 1250', isFence: false };
export const entry: Fact = { id: 't-1', line: 'entry DEPOSIT', isFence: false };
export const fence: Fact = { id: 't-2', line: 'entry FAILED', isFence: true };

export const before = [money];
export const after = [moreMoney, entry];

export const answered = (replayed?: boolean, fact = entry): Told => ({
  kind: 'answered',
  answer: { fact, ...(replayed !== undefined && { replayed }) },
});
export const refused = (code?: string): Told => ({ kind: 'refused', code });
export const failed: Told = { kind: 'failed', code: 'CONTENTION' };
export const unknown: Told = { kind: 'unknown', details: { operation: 'createTransaction' } };
export const crashed: Told = { kind: 'crashed' };

/** A deposit under a key that succeeds at once, and whose repeat is a replay; save for what `overrides` names. */
export function makeTrial(overrides: Partial<Trial> = {}): Trial {
  return {
    row: { identity: 'key', effect: ['- USD 1000', '+ USD 1250', '+ entry DEPOSIT'] },
    before,
    without: before,
    told: answered(false),
    isCertain: false,
    factsThen: after,
    retold: answered(true),
    factsNow: after,
    ...overrides,
  };
}

/** A withdrawal under a key that is refused, as often as it is made; save for what `overrides` names. */
export function makeRefusedTrial(overrides: Partial<Trial> = {}): Trial {
  return makeTrial({
    row: { identity: 'key', effect: [], refusal: 'BALANCE_INSUFFICIENT' },
    told: refused('BALANCE_INSUFFICIENT'),
    factsThen: before,
    retold: refused('BALANCE_INSUFFICIENT'),
    factsNow: before,
    ...overrides,
  });
}
