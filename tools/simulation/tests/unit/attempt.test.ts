import { sharedErrors } from '@cnop/exceptions';
import type { Services } from '../../src/backend/services.ts';
import { call, observerOf, stateOf, type Attempt, type Outcome } from '../../src/client/attempt.ts';
import { makeRecord } from '../support/make-record.ts';

describe(call, () => {
  it.each<[string, Error, object]>([
    [
      'another error of the database',
      new sharedErrors.DatabaseError({ reason: 'OTHER' }, { cause: new Error('no table') }),
      { kind: 'broken' },
    ],
    ['an input that no client gives', new sharedErrors.ValidationError({ issues: [] }), { kind: 'broken' }],
    ['an error of nobody knows what', new TypeError('undefined is not a function'), { kind: 'broken' }],
    ['contention', new sharedErrors.ContentionError({ attempts: 3 }), { kind: 'failed', code: 'CONTENTION' }],
  ])('reads %s', async (_, error, outcome) => {
    const operation = { call: () => Promise.reject(error) };

    expect(await call(operation, {} as Services, new Promise(() => undefined))).toMatchObject(outcome);
  });
});

describe(observerOf, () => {
  it('writes down when a call was sent and answered, and by which success it took effect', () => {
    const attempt: Attempt = { calledAt: 1, endedAt: Infinity, sentAt: 0 };
    let ticks = 1;
    const { sent, answered } = observerOf(attempt, () => (ticks += 1));

    sent();
    answered('GetItem', true);
    answered('TransactWriteItems', false);
    expect(attempt).toMatchObject({ sentAt: 2, answeredAt: 4, writeAnsweredAt: 4 });
    expect(attempt.changedAt).toBeUndefined();

    answered('TransactWriteItems', true);
    attempt.outcome = { kind: 'unknown' };
    sent();
    answered('TransactWriteItems', true);
    expect(attempt).toMatchObject({ sentAt: 2, changedAt: 5, writeAnsweredAt: 6 });
  });
});

it.each<[string, Outcome['kind'][]]>([
  ['acknowledged', ['unknown', 'acknowledged']],
  ['refused', ['unknown', 'refused']],
  ['refused', ['failed', 'failed']],
  ['open', ['unknown', 'failed']],
  ['open', ['crashed']],
])('a step is %s after %j', (state, kinds) => {
  expect(stateOf(makeRecord(kinds.map((kind) => ({ outcome: { kind } as Outcome }))))).toBe(state);
});
