import type { WriteGuard } from '@cnop/database-core';
import { ledgerErrors, type BalanceTransactionCreate } from '@cnop/entities-ledger';
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
