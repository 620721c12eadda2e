import { makeBalance } from '@cnop/entities-ledger/testing';
import { createAttempt, type Attempt, type Outcome } from '../../src/clients/attempt.ts';
import { checkEffects } from '../../src/clients/check-effects.ts';
import type { EffectRecord, WriteOperation } from '../../src/clients/operation.ts';
import type { RestingTables } from '../../src/clients/resting-tables.ts';
import { stateOf, type StepRecord } from '../../src/clients/step-record.ts';

const moves = [{ owner: 'ada', code: 'USD', amountMinor: 100n }];
const effect: EffectRecord = { id: 'entry-1', moves };
const acknowledged: Outcome = { kind: 'acknowledged', acknowledgement: { ...effect, replayed: false } };
const refused: Outcome = { kind: 'refused', code: 'BALANCE_INSUFFICIENT' };
const unknown: Outcome = { kind: 'unknown' };
const failed: Outcome = { kind: 'failed', code: 'CONTENTION' };

/** A step with these outcomes, and what is in the tables of it. */
function record(outcomes: readonly Outcome[], found: readonly EffectRecord[], name = 'entry'): StepRecord {
  const operation: WriteOperation = { effect: { name, find: () => found }, call: () => Promise.reject(new Error()) };
  let ticks = 0;
  const attempts = outcomes.map((outcome): Attempt => {
    const attempt = createAttempt([1], () => (ticks += 1));
    attempt.served();
    return Object.assign(attempt, { outcome });
  });

  return { step: { kind: 'deposit', id: 1 }, operation, attempts };
}

const tables = (availableMinor: bigint): RestingTables => ({
  users: [],
  entries: [],
  orders: [],
  balances: availableMinor === 0n ? [] : [makeBalance({ owner: 'ada', code: 'USD', availableMinor })],
});
const rules = (records: readonly StepRecord[], availableMinor: bigint) =>
  checkEffects(records, tables(availableMinor)).violations.map(({ rule }) => rule);

describe(checkEffects, () => {
  it.each<[string, StepRecord[], bigint]>([
    ['an effect that was acknowledged and is there', [record([unknown, acknowledged], [effect])], 100n],
    ['an effect that was refused and is not there', [record([refused], [])], 0n],
    ['an effect that two asked for', [record([acknowledged], [effect]), record([refused], [effect])], 100n],
  ])('is content with %s', (_, records, availableMinor) => {
    expect(rules(records, availableMinor)).toEqual([]);
  });

  it.each<[string, StepRecord[], bigint]>([
    ['effect is missing', [record([acknowledged], [])], 100n],
    ['effect is there more than once', [record([acknowledged], [effect, effect])], 200n],
    ['refused effect is there', [record([refused], [effect])], 100n],
    ['refused effect is there', [record([failed], [effect])], 100n],
    ['answers differ', [record([acknowledged], [{ ...effect, id: 'entry-2' }])], 100n],
    ['outcome stays unknown', [record([unknown, failed], [effect])], 100n],
    ['total differs', [record([acknowledged], [effect])], 99n],
    ['total differs', [], 1n],
    ['unexpected outcome', [record([{ kind: 'broken', error: new Error('bug') }], [])], 0n],
    ['reading is wrong', [record([{ kind: 'acknowledged', problem: 'negative' }], [])], 0n],
  ])('finds that the %s', (rule, records, availableMinor) => {
    expect(rules(records, availableMinor)).toContain(rule);
  });

  it('counts apart what took effect after a later call was refused', () => {
    const late = record([unknown, refused], [effect]);
    late.attempts[0]!.changed();

    expect(checkEffects([late], tables(100n))).toEqual({
      violations: [],
      lateEffects: ['deposit'],
      effects: [effect],
    });
  });

  it('reckons with what had been moved before', () => {
    const { violations } = checkEffects([record([acknowledged], [effect])], tables(150n), [
      { owner: 'ada', code: 'USD', amountMinor: 50n },
    ]);

    expect(violations).toEqual([]);
  });

  it('does not excuse what a later call could have known of', () => {
    const late = record([unknown], [effect]);
    late.attempts[0]!.changed();
    const after = record([refused, refused], []).attempts[1]!;
    const { violations } = checkEffects([{ ...late, attempts: [...late.attempts, after, after] }], tables(100n));

    expect(late.attempts[0]!.changedAt).toEqual([2]);
    expect(after.servedAt()).toBe(2);
    expect(violations).toMatchObject([{ rule: 'refused effect is there' }]);
  });
});

describe(stateOf, () => {
  it.each<[string, Outcome[]]>([
    ['acknowledged', [unknown, acknowledged]],
    ['refused', [unknown, refused]],
    ['refused', [failed, failed]],
    ['open', [unknown, failed]],
    ['open', [{ kind: 'crashed' }]],
  ])('is %s', (state, outcomes) => {
    expect(stateOf(record(outcomes, []))).toBe(state);
  });
});
