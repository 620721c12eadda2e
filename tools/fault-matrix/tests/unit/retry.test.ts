import { ContentionError, OutcomeUnknownError, ValidationError } from '@cnop/exceptions';
import { ledgerErrors } from '@cnop/entities-ledger';
import { Fenced } from '../../src/answers.ts';
import { retry, type Over } from '../../src/retry.ts';
import type { Answer, Scene } from '../../src/row.ts';
import type { Services } from '../../src/services.ts';
import { toldByEnd, toldByError } from '../../src/told.ts';
import { answered, crashed, entry, failed, refused } from '../support/make-trial.ts';

const services = {} as Services;
const told = { kind: 'unknown', details: { operation: 'createTransaction', transactionId: 't-1' } } as const;

/** A scene that tells what is done, and finds what it is told to find. */
function watch(found?: Answer) {
  const done: string[] = [];
  const scene: Scene = {
    call: async () => {
      done.push('call');
      return { fact: entry, replayed: false };
    },
    look: async (_, clue) => {
      done.push(`look for ${clue ?? 'anything'}`);
      return found;
    },
  };
  return { scene, done };
}

const over = (overrides: Partial<Over>): Over => ({
  identity: 'none',
  told,
  isUnderway: false,
  scene: watch().scene,
  ...overrides,
});

describe(retry, () => {
  it('makes the same call again under its key, without a look', async () => {
    const { scene, done } = watch();

    expect(await retry(over({ identity: 'key', scene: { call: scene.call } }), services)).toEqual(answered(false));
    expect(done).toEqual(['call']);
  });

  it('looks first where there is no key, and calls again where nothing is found', async () => {
    const { scene, done } = watch();

    expect(await retry(over({ scene }), services)).toEqual(answered(false));
    expect(done).toEqual(['look for t-1', 'call']);
  });

  it.each([
    [told, 'look for t-1'],
    [crashed, 'look for anything'],
    [failed, 'look for anything'],
    [answered(false), 'look for t-1'],
  ])('leaves it at what is found: %j', async (each, looked) => {
    const { scene, done } = watch({ fact: entry, replayed: true });

    expect(await retry(over({ scene, told: each }), services)).toEqual(answered(true));
    expect(done).toEqual([looked]);
  });

  it('makes no second deposit while the first may be under way', async () => {
    const { scene, done } = watch();

    expect(await retry(over({ scene, isUnderway: true }), services)).toEqual({ kind: 'open' });
    expect(done).toEqual(['look for t-1']);
  });

  it('repeats an update although the first may be under way, as its condition keeps them apart', async () => {
    expect(await retry(over({ identity: 'item', isUnderway: true }), services)).toEqual(answered(false));
  });

  it('does nothing after a refusal without a key', async () => {
    const { scene, done } = watch();

    expect(await retry(over({ scene, told: refused('USER_NOT_FOUND') }), services)).toBeUndefined();
    expect(done).toEqual([]);
  });

  it('takes it for wrong when what was answered is not to be found', async () => {
    expect(await retry(over({ told: answered(false) }), services)).toMatchObject({ kind: 'wrong' });
  });

  it('reads a look that is refused', async () => {
    const scene = { ...watch().scene, look: () => Promise.reject(new Fenced('BALANCE_INSUFFICIENT')) };

    expect(await retry(over({ scene }), services)).toEqual(refused('BALANCE_INSUFFICIENT'));
  });
});

describe(toldByError, () => {
  it.each([
    [new ContentionError({ attempts: 3 }), failed],
    [
      new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '0.00', required: '1.00' }),
      refused('BALANCE_INSUFFICIENT'),
    ],
    [new OutcomeUnknownError({ operation: 'placeOrder' }), { kind: 'unknown', details: { operation: 'placeOrder' } }],
    [new Fenced(), refused()],
  ])('reads %p', (error, expected) => {
    expect(toldByError(error)).toEqual(expected);
  });

  it.each([new TypeError('x is not a function'), new ValidationError({ issues: [] })])(
    'takes %p for wrong',
    (error) => {
      expect(toldByError(error)).toEqual({ kind: 'wrong', error });
    },
  );
});

describe(toldByEnd, () => {
  it('reads each end of a flow', () => {
    expect(toldByEnd({ status: 'completed', result: { fact: entry } })).toEqual(answered());
    expect(toldByEnd({ status: 'failed', error: new ContentionError({ attempts: 3 }) })).toEqual(failed);
    expect(toldByEnd({ status: 'crashed' })).toEqual(crashed);
  });
});
