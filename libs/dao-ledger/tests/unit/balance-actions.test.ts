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

describe('BalanceDao.putTransactionAction', () => {
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
