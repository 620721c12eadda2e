import { judge, type Trial } from '../../src/judge.ts';
import type { Told } from '../../src/told.ts';
import {
  after,
  answered,
  before,
  crashed,
  entry,
  failed,
  fence,
  makeRefusedTrial,
  makeTrial,
  money,
  moreMoney,
  refused,
  unknown,
} from '../support/make-trial.ts';

const open: Told = { kind: 'open' };
const twice = [moreMoney, entry, { ...entry, id: 't-3' }];
const wrong: Told = { kind: 'wrong', error: new TypeError('x is not a function') };
const overtaken = { identity: 'key', effect: makeTrial().row.effect, refusal: 'BALANCE_INSUFFICIENT' } as const;

describe(judge, () => {
  it.each<[string, Trial]>([
    ['ok', makeTrial()],
    ['unknown→ok', makeTrial({ told: unknown })],
    ['unknown→ok', makeTrial({ told: unknown, factsThen: before, retold: answered(false) })],
    ['failed→ok', makeTrial({ told: failed, factsThen: before, retold: answered(false) })],
    ['crash→ok', makeTrial({ told: crashed })],
    ['crash→ok', makeTrial({ told: crashed, factsThen: before, retold: answered(false) })],
    ['crash→ok', makeTrial({ told: crashed, retold: answered() })],
    ['unknown→open', makeTrial({ told: unknown, factsThen: before, retold: open })],
    ['unknown→open', makeTrial({ told: unknown, factsThen: before, retold: open, factsNow: before })],
    ['refused', makeRefusedTrial()],
    ['refused', makeRefusedTrial({ retold: undefined })],
    ['refused', makeRefusedTrial({ factsThen: [money, fence], retold: refused(), factsNow: [money, fence] })],
    ['unknown→refused', makeRefusedTrial({ told: unknown, factsNow: [money, fence] })],
    ['unknown→ok', makeRefusedTrial({ row: overtaken, told: unknown, retold: answered(true), factsNow: after })],
    ['refused', makeRefusedTrial({ row: overtaken, factsLanded: [money, fence], factsNow: [money, fence] })],
  ])('finds nothing wrong with %s', (outcome, trial) => {
    expect(judge(trial)).toEqual({ outcome, problems: [] });
  });

  it.each<[string, Partial<Trial>]>([
    ['the call failed (CONTENTION) for certain, and its effect was there', { told: failed }],
    ['the call answered, and its effect was not there', { factsThen: before }],
    ['the call answered as a replay, and nobody had made it before', { told: answered(true) }],
    ['the call answered with what was not there: entry DEPOSIT', { told: answered(false, { ...entry, id: 't-9' }) }],
    ['the call was refused (USER_NOT_FOUND), although nothing stood against it', { told: refused('USER_NOT_FOUND') }],
    ['the call was refused (left behind), and its effect was there', { told: refused() }],
    ['the call ended with OUTCOME_UNKNOWN, although nothing leaves it in doubt', { told: unknown, isCertain: true }],
    [
      'the call ended with OUTCOME_UNKNOWN, and does not name the operation',
      { told: { kind: 'unknown', details: {} } },
    ],
    ['the call ended with TypeError: x is not a function', { told: wrong }],
    [
      'the call crashed, and half of it or more than that was there: - entry DEPOSIT',
      { told: crashed, factsThen: [moreMoney] },
    ],
    [
      'the repeat answered as new, and it was there before',
      { told: unknown, factsThen: after, retold: answered(false) },
    ],
    ['the repeat answered as a replay, and it was not there before', { told: unknown, factsThen: before }],
    ['the repeat answered with what is not there: entry DEPOSIT', { retold: answered(true, { ...entry, id: 't-9' }) }],
    ['the repeat failed (CONTENTION), although nothing befell it', { retold: failed }],
    ['the repeat ended with OUTCOME_UNKNOWN, although nothing befell it', { retold: unknown }],
    ['the repeat ended with TypeError: x is not a function', { retold: wrong }],
    [
      'the repeat was refused (USER_NOT_FOUND), although nothing stood against it',
      { retold: refused('USER_NOT_FOUND') },
    ],
    ['at rest it is there other than never or once: + entry DEPOSIT', { factsNow: twice }],
    ['at rest its effect is not there', { factsNow: before }],
  ])('finds that %s', (problem, overrides) => {
    expect(judge(makeTrial(overrides)).problems).toContainEqual(expect.stringContaining(problem) as string);
  });

  it.each<[string, Partial<Trial>]>([
    ['the call answered, although it is to be refused', { told: answered(false) }],
    [
      'the call was refused (USER_NOT_FOUND), although it is to be refused with BALANCE_INSUFFICIENT',
      { told: refused('USER_NOT_FOUND') },
    ],
    ['the call was refused (BALANCE_INSUFFICIENT), and half of it or more', { factsThen: after }],
    ['the repeat answered, although it is to be refused', { retold: answered(false) }],
    ['the repeat answered, although it is to be refused', { row: overtaken, retold: answered(false), factsNow: after }],
    [
      'the call was refused (BALANCE_INSUFFICIENT), and its effect came afterwards',
      { row: overtaken, factsLanded: after, factsNow: after },
    ],
    [
      'the call failed (CONTENTION), and its effect came afterwards',
      { row: overtaken, told: failed, factsLanded: after, retold: answered(true), factsNow: after },
    ],
    ['at rest its effect is there, although it was refused', { row: overtaken, factsNow: after }],
    ['2 fences were left behind', { factsNow: [money, fence, { ...fence, id: 't-3' }] }],
    [
      '3 fences were left behind',
      {
        row: { ...makeRefusedTrial().row, identity: 'none' },
        factsNow: [money, fence, { ...fence, id: 't-3' }, { ...fence, id: 't-4' }],
      },
    ],
  ])('finds of a refusal that %s', (problem, overrides) => {
    expect(judge(makeRefusedTrial(overrides)).problems).toContainEqual(expect.stringContaining(problem) as string);
  });
});
