import { decodeLedgerItem, ledgerItemKind, toBalanceItem, toTransactionItem } from '@cnop/entities-ledger/table';
import { makeBalance, makeTransaction } from '@cnop/entities-ledger/testing';

describe(decodeLedgerItem, () => {
  it('reads a balance and a journal entry', () => {
    const [balance, transaction] = [makeBalance(), makeTransaction()];

    expect(decodeLedgerItem(toBalanceItem(balance))).toEqual({ kind: 'balance', balance });
    expect(decodeLedgerItem(toTransactionItem(transaction, { writeId: 'w-1' }))).toEqual({
      kind: 'transaction',
      transaction,
    });
  });

  it('tells a malformed claim by its key, and throws', () => {
    const raw = { pk: 'OWNER#ada', sk: 'KEY#ada#deposit-1' };

    expect(ledgerItemKind(raw)).toBe('claim');
    expect(() => decodeLedgerItem(raw)).toThrow(/^Malformed .*claim item/);
  });

  it.each([{ pk: 'OWNER#ada', sk: 'LATER#1' }, {}])('leaves an item of a kind that it does not know: %j', (raw) => {
    expect(decodeLedgerItem(raw)).toEqual({ kind: 'unknown' });
  });
});
