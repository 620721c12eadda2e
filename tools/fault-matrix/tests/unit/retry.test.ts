import { ledgerErrors } from '@cnop/entities-ledger';
import { sharedErrors } from '@cnop/exceptions';
import { makeOrder } from '@cnop/entities-order/testing';
import { retry } from '../../src/explore-row.ts';
import { factOf } from '../../src/facts.ts';
import { toldByError, toldByResult, type Told } from '../../src/told.ts';
import type { World } from '../../src/world.ts';

const order = makeOrder();
const failedOrder = makeOrder({ status: 'FAILED', failureCode: 'PRICE_STALE', fills: [] });
const answered = (replayed: boolean): Told => ({ kind: 'answered', fact: factOf(order), replayed });
const refused: Told = { kind: 'refused', code: 'PRICE_STALE' };
const unknown: Told = { kind: 'unknown', knownId: order.orderId };
const open: Told = { kind: 'open' };
const lost: Told = { kind: 'wrong', error: new Error('It is not found.') };
const lookForIt = `look for ${order.orderId}`;

interface Repeated {
  readonly told?: Told;
  readonly found?: object;
  readonly isUnderway?: boolean;
  readonly retold: Told | undefined;
  readonly did: string[];
}

describe(retry, () => {
  it.each<[string, Repeated]>([
    ['makes no second order while the first may be under way', { isUnderway: true, retold: open, did: [lookForIt] }],
    ['does nothing after a refusal', { told: refused, found: order, retold: undefined, did: [] }],
    ['finds it wrong when what was answered is missing', { told: answered(false), retold: lost, did: [lookForIt] }],
    ['finds the refusal in what one left behind', { found: failedOrder, retold: refused, did: [lookForIt] }],
  ])('%s', async (_, { told = unknown, found, isUnderway = false, retold, did }) => {
    const done: string[] = [];
    const call = async () => {
      done.push('call');
      return { order, replayed: false };
    };
    const look = async ({ knownId }: World) => {
      done.push(`look for ${knownId}`);
      return found;
    };
    const row = { identity: 'none', effect: [], call, look } as const;

    expect(await retry(row, { told, isUnderway }, {} as World)).toEqual(retold);
    expect(done).toEqual(did);
  });
});

it('takes a failed order for the result where the call is meant to fail it', () => {
  expect(toldByResult({ order: failedOrder }, { effect: [`~ ${factOf(failedOrder).line}`] }).kind).toBe('answered');
});

const funds = { code: 'USD', available: '0.00', required: '1.00' };

it.each<[unknown, Told]>([
  [new sharedErrors.ContentionError({ attempts: 3 }), { kind: 'failed', code: 'CONTENTION' }],
  [new ledgerErrors.InsufficientFundsError(funds), { kind: 'refused', code: 'BALANCE_INSUFFICIENT' }],
  [
    new sharedErrors.OutcomeUnknownError({ operation: 'x', orderId: 'o-1' }),
    { kind: 'unknown', operation: 'x', knownId: 'o-1' },
  ],
  ...[new TypeError('x'), new sharedErrors.ValidationError({ issues: [] })].map((error): [unknown, Told] => [
    error,
    { kind: 'wrong', error },
  ]),
])('reads %p', (error, told) => {
  expect(toldByError(error)).toEqual(told);
});
