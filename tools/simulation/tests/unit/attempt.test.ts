import { ledgerErrors } from '@cnop/entities-ledger';
import { sharedErrors } from '@cnop/exceptions';
import type { Services } from '../../src/backend/services.ts';
import { call, observerOf, stateOf, type Attempt, type Outcome } from '../../src/client/attempt.ts';
import { noAmounts } from '../../src/workload/market.ts';
import { makeRecord } from '../support/make-record.ts';

const details = { code: 'USD', available: '1.00', required: '2.00' };
const never = new Promise<void>(() => undefined);
const outcomeOf = (result: Promise<never> | Promise<{ id: string; change: typeof noAmounts; replayed: boolean }>) =>
  call({ ...makeRecord([]).operation, call: () => result } as never, {} as Services, never);

describe(call, () => {
  it('gives what the client was told', async () => {
    const acknowledgement = { id: 'entry-1', change: noAmounts, replayed: false };

    expect(await outcomeOf(Promise.resolve(acknowledgement))).toEqual({ kind: 'acknowledged', acknowledgement });
  });

  it('ends when the process has crashed', async () => {
    const waiting = { call: () => new Promise<never>(() => undefined) };

    expect(await call(waiting, {} as Services, Promise.resolve())).toEqual({ kind: 'crashed' });
  });

  it.each<[string, Error, object]>([
    [
      'a refusal',
      new ledgerErrors.InsufficientFundsError(details),
      { kind: 'refused', code: 'BALANCE_INSUFFICIENT', details },
    ],
    ['an unknown outcome', new sharedErrors.OutcomeUnknownError({ operation: 'deposit' }), { kind: 'unknown' }],
    ['contention', new sharedErrors.ContentionError({ attempts: 3 }), { kind: 'failed', code: 'CONTENTION' }],
    [
      'expired credentials',
      new sharedErrors.DatabaseError({}, { cause: Object.assign(new Error(), { name: 'ExpiredTokenException' }) }),
      { kind: 'failed', code: 'DATABASE_ERROR' },
    ],
    [
      'another error of the database',
      new sharedErrors.DatabaseError({}, { cause: new Error('no table') }),
      { kind: 'broken' },
    ],
    ['an input that no client gives', new sharedErrors.ValidationError({ issues: [] }), { kind: 'broken' }],
    ['an error of nobody knows what', new TypeError('undefined is not a function'), { kind: 'broken' }],
  ])('reads %s', async (_, error, outcome) => {
    expect(await outcomeOf(Promise.reject(error))).toMatchObject(outcome);
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

describe(stateOf, () => {
  const acknowledged: Outcome = { kind: 'acknowledged' };
  const [unknown, crashed] = [{ kind: 'unknown' } as const, { kind: 'crashed' } as const];
  const [refused, failed] = [
    { kind: 'refused', code: 'BALANCE_INSUFFICIENT' } as const,
    { kind: 'failed', code: 'CONTENTION' } as const,
  ];

  it.each<[string, Outcome[]]>([
    ['acknowledged', [unknown, acknowledged]],
    ['refused', [unknown, refused]],
    ['refused', [failed, failed]],
    ['open', [unknown, failed]],
    ['open', [crashed]],
  ])('is %s', (state, outcomes) => {
    expect(stateOf(makeRecord(outcomes.map((outcome) => ({ outcome }))))).toBe(state);
  });
});
