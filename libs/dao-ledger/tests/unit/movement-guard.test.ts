import type { WriteGuard } from '@cnop/database-core';
import {
  depositPostings,
  ledgerErrors,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-ledger';
import { toTransactionItem } from '@cnop/entities-ledger/table';
import { defineErrors, toProblemDetails } from '@cnop/exceptions';
import { openLedgerTable, type LedgerContext } from '../../src/ledger-table.ts';
import { movementGuard, prepareMovement } from '../../src/money-movement.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

type InMinorUnits = Extract<BalanceTransactionCreate, { amountMinor: bigint }>;

const database = openOfflineDatabase();
const context: LedgerContext = {
  database,
  table: openLedgerTable(database),
  currencies: new Set(['USD']),
  ownerCheck: undefined,
};
const refusal = new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '1.00', required: '12.50' });

function guardOf(overrides: Partial<InMinorUnits> = {}): WriteGuard {
  const create = { owner: 'alice', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1_250n } as const;

  return movementGuard(context, prepareMovement(context, { ...create, idempotencyKey: 'key-1', ...overrides }));
}

describe(movementGuard, () => {
  it('puts the claim under owner, actor and key, where there is none', () => {
    const { Put } = guardOf({ actor: 'admin' }).write;

    expect(Put?.Item).toMatchObject({ pk: 'OWNER#alice', sk: 'KEY#admin#key-1', status: 'ACCEPTED' });
    expect(Put?.ConditionExpression).toContain('attribute_not_exists');
  });

  it('knows a request by a hash that never changes, as claims are stored', () => {
    expect(guardOf().write.Put?.Item).toMatchObject({ requestHash: 'mIUQhTowY_tH46J6VSedQ-syDFcSkrJDjO7AOY-ulsk' });
  });

  it('takes its own fence for the refusal that the fence carries', () => {
    const guard = guardOf();
    const fence = guard.fence!(refusal);

    const answer = guardOf().onConditionFailed(fence.write.Put?.Item, false);

    expect(fence.writeId).not.toBe(guard.writeId);
    expect(answer).toMatchObject({ code: refusal.code, details: refusal.details });
  });

  it.each([
    ['an absent claim', undefined, 'absent'],
    ['a refusal that is cut off', { ...guardOf().fence!(refusal).write.Put?.Item, refusal: '{"a' }, 'serialized'],
    ['a refusal that is no error', { ...guardOf().fence!(refusal).write.Put?.Item, refusal: '{}' }, 'serialized'],
  ])('has no answer to %s', (_, oldItem, message) => {
    expect(() => guardOf().onConditionFailed(oldItem, false)).toThrow(message);
  });

  it('gives the refusal of an error that a service defines itself, as it was', () => {
    const { KycRequiredError } = defineErrors({
      KycRequiredError: {
        code: 'KYC_REQUIRED',
        status: 422,
        title: 'The identity of the customer is not verified.',
        advice: 'Verify the identity first.',
        message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
      },
    });
    const error = new KycRequiredError({ level: 2 });

    const answer = guardOf().onConditionFailed(guardOf().fence!(error).write.Put?.Item, false);

    expect(KycRequiredError.is(answer)).toBe(true);
    expect(toProblemDetails(answer)).toEqual(toProblemDetails(error));
  });
});

describe('movementGuard without an idempotency key', () => {
  const create = {
    owner: 'alice',
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: 1_250n,
    pending: true,
  } as const;
  const later = '2100-01-01T00:00:00.000Z';

  it('takes an entry that has been settled since for its own', () => {
    const movement = prepareMovement(context, create);
    const settled = { ...movement.entry, status: 'COMPLETED', updatedAt: later } as const;

    const item = toTransactionItem(settled, { writeId: 'of the settling' });

    expect(movementGuard(context, movement).onConditionFailed({ ...item }, false)).toBeUndefined();
  });

  it('has no answer to an entry that is not there', () => {
    const guard = movementGuard(context, prepareMovement(context, create));

    expect(() => guard.onConditionFailed(undefined, false)).toThrow('fresh id exists already');
  });

  it.each<[string, Partial<BalanceTransaction>]>([
    ['that was never settled', { status: 'COMPLETED' }],
    ['that waits', {}],
    ['of another amount', { updatedAt: later, postings: depositPostings({ code: 'USD', amountMinor: 1n, scale: 2 }) }],
    ['of another type', { updatedAt: later, transactionType: 'SYSTEM_ADJUSTMENT' }],
    ['of another time', { updatedAt: later, createdAt: '2020-01-01T00:00:00.000Z' }],
  ])('takes an entry with the same id %s for no repeat', (_, other) => {
    const movement = prepareMovement(context, create);
    const item = toTransactionItem({ ...movement.entry, ...other }, { writeId: 'of another call' });

    expect(() => movementGuard(context, movement).onConditionFailed({ ...item }, false)).toThrow(
      'fresh id exists already',
    );
  });
});
