import type { Outcome, StepRecord } from '../../src/client/attempt.ts';
import { checkEffects } from '../../src/judge/check-effects.ts';
import { acknowledged, makeRecord, makeTables } from '../support/make-record.ts';

const cash = (amount: bigint) => ({ cash: amount, asset: 0n });
const effect = { id: 'entry-1', change: cash(100n) };
const done = acknowledged(effect.change);
const refused: Outcome = { kind: 'refused', code: 'BALANCE_INSUFFICIENT' };
const failed: Outcome = { kind: 'failed', code: 'CONTENTION' };
const unknown: Outcome = { kind: 'unknown' };
const reading = (amount: bigint, problem?: string): Outcome => ({
  kind: 'acknowledged',
  reading: { seen: [{ owner: 'user-0', amounts: { cash: amount } }], problem },
});

const lookRecord = (outcome: Outcome): StepRecord => ({
  step: { kind: 'snapshot', id: 8 },
  operation: { call: () => Promise.reject(new Error()) },
  attempts: [{ outcome, calledAt: 1, sentAt: 1, endedAt: 2 }],
});
const record = (outcomes: readonly Outcome[], found: readonly (typeof effect)[]) =>
  makeRecord(
    outcomes.map((outcome) => ({ outcome })),
    { found },
  );
const rulesOf = (records: readonly StepRecord[], amount: bigint) =>
  checkEffects(records, makeTables(cash(amount))).violations.map(({ rule }) => rule);

describe(checkEffects, () => {
  it.each<[string, StepRecord[], bigint]>([
    ['effect is missing', [record([done], [])], 100n],
    ['effect is there more than once', [record([done], [effect, effect])], 200n],
    ['refused effect is there', [record([refused], [effect])], 100n],
    ['refused effect is there', [record([failed], [effect])], 100n],
    ['answers differ', [record([done], [{ ...effect, id: 'entry-2' }])], 100n],
    ['answers differ', [record([done], [{ ...effect, change: cash(99n) }])], 100n],
    ['outcome stays unknown', [record([unknown, failed], [effect])], 100n],
    ['total differs', [record([done], [effect])], 99n],
    ['total differs', [], 1n],
    ['unexpected outcome', [record([{ kind: 'broken', error: new Error('bug') }], [])], 0n],
    ['negative balance', [lookRecord(reading(-1n))], 0n],
    ['reading is wrong', [lookRecord(reading(0n, 'out of order'))], 0n],
  ])('finds that the %s', (rule, records, amount) => {
    expect(rulesOf(records, amount)).toContain(rule);
  });

  it('expects of a transfer what one gives with who receives, exactly', () => {
    const given = { ...effect, change: cash(-100n) };
    const transfer = makeRecord([{ outcome: acknowledged(given.change) }], { found: [given], receiver: 'user-1' });
    const start = new Map([['user-0', cash(100n)]]);
    const totalsWith = (received: bigint) => {
      const tables = { ...makeTables(cash(0n)), balances: new Map([['user-1', cash(received)]]) };
      return checkEffects([transfer], tables, start).violations;
    };

    expect(totalsWith(100n)).toEqual([]);
    expect(totalsWith(99n)).toEqual([{ rule: 'total differs', detail: 'user-1 by cash -1, asset 0' }]);
  });

  it('counts apart what took effect after a later call was refused, but not what that call could have known of', () => {
    const late = (changedAt: number) =>
      makeRecord(
        [
          { outcome: unknown, changedAt },
          { outcome: refused, sentAt: 5 },
        ],
        { found: [effect] },
      );

    expect(checkEffects([late(6)], makeTables(cash(100n)))).toEqual({
      violations: [],
      lateEffects: ['deposit'],
      effects: [{ ...effect, owner: 'user-0' }],
    });
    expect(rulesOf([late(4)], 100n)).toEqual(['refused effect is there']);
  });

  it('starts from what was there before', () => {
    const start = new Map([['user-0', cash(50n)]]);

    expect(checkEffects([record([done], [effect])], makeTables(cash(150n)), start).violations).toEqual([]);
  });
});
