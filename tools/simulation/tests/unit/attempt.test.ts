import { ContentionError, DatabaseError, OutcomeUnknownError, ValidationError } from '@cnop/exceptions';
import { ledgerErrors } from '@cnop/entities-ledger';
import { call } from '../../src/clients/attempt.ts';
import type { WriteOperation } from '../../src/clients/operation.ts';
import type { Services } from '../../src/clients/services.ts';

const details = { code: 'USD', available: '1.00', required: '2.00' };
const never = new Promise<'crashed'>(() => undefined);

const operation = (answer: () => ReturnType<WriteOperation['call']>): WriteOperation => ({
  effect: { name: 'deposit', find: () => [] },
  call: answer,
});
const outcomeOf = (error: Error) =>
  call(
    operation(() => Promise.reject(error)),
    {} as Services,
    { crashed: never },
  );

describe(call, () => {
  it('gives what the client was told', async () => {
    const acknowledgement = { id: 'entry-1', moves: [], replayed: false };
    const process = { crashed: never };

    const outcome = await call(
      operation(() => Promise.resolve(acknowledgement)),
      {} as Services,
      process,
    );

    expect(outcome).toEqual({ kind: 'acknowledged', acknowledgement });
  });

  it('ends when the process has crashed', async () => {
    const waiting = operation(() => new Promise(() => undefined));

    expect(await call(waiting, {} as Services, { crashed: Promise.resolve('crashed') })).toEqual({ kind: 'crashed' });
  });

  it.each<[string, Error, object]>([
    [
      'a refusal',
      new ledgerErrors.InsufficientFundsError(details),
      { kind: 'refused', code: 'BALANCE_INSUFFICIENT', details },
    ],
    ['an unknown outcome', new OutcomeUnknownError({ operation: 'deposit' }), { kind: 'unknown' }],
    ['contention', new ContentionError({ attempts: 3 }), { kind: 'failed', code: 'CONTENTION' }],
    [
      'expired credentials',
      new DatabaseError({}, { cause: Object.assign(new Error(), { name: 'ExpiredTokenException' }) }),
      { kind: 'failed', code: 'DATABASE_ERROR' },
    ],
  ])('reads %s', async (_, error, outcome) => {
    expect(await outcomeOf(error)).toEqual(outcome);
  });

  it.each<[string, Error]>([
    ['another error of the database', new DatabaseError({}, { cause: new Error('ResourceNotFoundException') })],
    ['an input that no client gives', new ValidationError({ issues: [] })],
    ['an error of nobody knows what', new TypeError('undefined is not a function')],
  ])('takes %s for broken', async (_, error) => {
    expect(await outcomeOf(error)).toEqual({ kind: 'broken', error });
  });
});
