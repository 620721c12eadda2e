import type { BalanceTransaction } from '@cnop/entities-ledger';
import { makeBalance, makeTransaction } from '@cnop/entities-ledger/testing';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { BalanceDao, type BalanceMove } from '../../src/index.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

const balances = new BalanceDao({ database: openOfflineDatabase() });
const move: BalanceMove = {
  owner: 'alice',
  code: 'USD',
  amountMinor: 1_250n,
  scale: 2,
  at: '2026-01-02T03:04:05.678Z',
};

const stored = (overrides: Parameters<typeof makeBalance>[0] = {}) => ({ ...toBalanceItem(makeBalance(overrides)) });

describe('BalanceDao.creditAction', () => {
  it('refuses another scale than the balance’s', () => {
    const refusal = balances.creditAction(move).onConditionFailed(stored({ scale: 3 }));

    expect(refusal).toMatchObject({
      code: 'BALANCE_SCALE_MISMATCH',
      details: { code: 'USD', scale: 2, expectedScale: 3 },
    });
  });

  it('has no error for a balance that does not exist', () => {
    expect(() => balances.creditAction(move).onConditionFailed(undefined)).toThrow('absent balance');
  });
});

describe('BalanceDao.debitAction', () => {
  it.each([
    { oldItem: undefined, code: 'BALANCE_INSUFFICIENT', details: { available: '0.00', required: '12.50' } },
    { oldItem: stored({ availableMinor: 1_000n }), code: 'BALANCE_INSUFFICIENT', details: { available: '10.00' } },
    { oldItem: stored({ availableMinor: 0n, status: 'FROZEN' }), code: 'BALANCE_FROZEN', details: { code: 'USD' } },
    { oldItem: stored({ scale: 4, status: 'FROZEN' }), code: 'BALANCE_SCALE_MISMATCH', details: { expectedScale: 4 } },
  ])('refuses as $code', ({ oldItem, code, details }) => {
    const refusal = balances.debitAction(move).onConditionFailed(oldItem);

    expect(refusal).toMatchObject({ code, details });
  });
});

describe.each(['creditAction', 'debitAction'] as const)('BalanceDao.%s', (action) => {
  it.each([0n, -1n])('refuses to move %d', (amountMinor) => {
    expect(() => balances[action]({ ...move, amountMinor })).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule: 'positive' } }) as Error,
    );
  });
});

describe.each(['creditAction', 'debitAction'] as const)('BalanceDao.%s refuses before anything is sent', (action) => {
  it.each<[field: string, wrong: Partial<BalanceMove>]>([
    ['/owner', { owner: 'alice#bob' }],
    ['/code', { code: 'usd#1' }],
    ['/code', { code: 'XAU' }],
    ['/scale', { code: 'ACME', scale: 99 }],
    ['/scale', { scale: 5 }],
    ['/at', { at: 'yesterday' }],
    ['/amountMinor', { amountMinor: 1 as never }],
    ['/extenal', { extenal: true } as never],
  ])('a wrong %s of %j', (pointer, wrong) => {
    expect(() => balances[action]({ ...move, ...wrong })).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        details: { issues: [expect.objectContaining({ pointer })] },
      }) as Error,
    );
  });

  it('the wrong scale of a currency, saying which is the right one', () => {
    expect(() => balances[action]({ ...move, scale: 5 })).toThrow('The scale of a currency is that of ISO 4217.');
  });

  it('an amount beyond 10^24', () => {
    expect(() => balances[action]({ ...move, amountMinor: 10n ** 30n })).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule: 'range' } }) as Error,
    );
  });
});

describe('BalanceDao.putTransactionAction', () => {
  const posting = { code: 'USD', bucket: 'available', amountMinor: 1_250n, scale: 2 } as const;

  it.each<[pointer: string, wrong: Partial<BalanceTransaction>]>([
    ['/owner', { owner: 'alice#bob' }],
    ['/transactionId', { transactionId: 'first' }],
    ['/postings', { postings: [] }],
    ['/postings', { postings: [{ ...posting, scale: 5 }] }],
    ['/postings', { postings: [posting, posting] }],
    ['/postings/0/code', { postings: [{ ...posting, code: 'usd#1' }] }],
    ['/postings/0/amountMinor', { postings: [{ ...posting, amountMinor: 10n ** 30n }] }],
    ['/createdAt', { createdAt: 'yesterday' }],
  ])('refuses an entry with a wrong %s', (pointer, wrong) => {
    expect(() => balances.putTransactionAction(makeTransaction(wrong))).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        details: { issues: expect.arrayContaining([expect.objectContaining({ pointer })]) as unknown },
      }) as Error,
    );
  });

  it('puts the entry where there is none, with a mark of its own each time', () => {
    const entry = makeTransaction();

    const puts = [1, 2].map(() => balances.putTransactionAction(entry).write.Put);

    expect(puts[0]?.Item).toMatchObject({ pk: 'OWNER#alice', sk: `TXN#${entry.transactionId}`, status: 'COMPLETED' });
    expect(puts[0]?.ConditionExpression).toContain('attribute_not_exists');
    expect(puts[0]?.Item?.['writeId']).not.toBe(puts[1]?.Item?.['writeId']);
  });

  it('has no error for an entry that exists already: its id is fresh', () => {
    expect(() => balances.putTransactionAction(makeTransaction()).onConditionFailed({})).toThrow('fresh id');
  });
});
