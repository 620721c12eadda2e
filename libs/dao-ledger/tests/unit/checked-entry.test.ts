import { balanceTransactionSchema, type BalanceTransaction } from '@cnop/entities-ledger';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import { checkedEntry } from '../../src/checked-entry.ts';

const usd = { code: 'USD', bucket: 'available', amountMinor: -1_000n, scale: 2 } as const;
const shares = { code: 'AAPL', bucket: 'available', amountMinor: 10n, scale: 0 } as const;
const fill = { priceMinor: 100n, priceScale: 2, quantityMinor: 10n, quantityScale: 0, side: 'BUY' } as const;
const payment = makeTransaction({
  transactionType: 'ORDER_PAYMENT',
  orderId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70',
  postings: [usd, shares],
  fill,
});

describe(checkedEntry, () => {
  it.each<[string, BalanceTransaction]>([
    ['a payment', payment],
    ['one with a fee', { ...payment, feeMinor: 3n, postings: [{ ...usd, amountMinor: -1_003n }, shares] }],
    ['one without a fee that says so', { ...payment, feeMinor: undefined }],
    ['one with a description', { ...payment, description: 'Sold at noon' }],
    ['a deposit', makeTransaction()],
  ])('takes %s as the schema does', (_, entry) => {
    expect(checkedEntry(entry)).toEqual(balanceTransactionSchema.parse(entry));
  });

  it('normalises what the schema does', () => {
    const entry = { ...payment, transactionId: payment.transactionId.toLowerCase(), createdAt: '2026-01-02T03:04:05Z' };

    expect(checkedEntry(entry)).toEqual({ ...payment, createdAt: '2026-01-02T03:04:05.000Z' });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['another field', { ...payment, extra: 1 }],
    ['another owner', { ...payment, owner: 'a#b' }],
    ['no owner', { ...payment, owner: undefined }],
    ['another id', { ...payment, transactionId: 'x' }],
    ['no order', { ...payment, orderId: undefined }],
    ['another order', { ...payment, orderId: 'o-1' }],
    ['another time', { ...payment, createdAt: 'noon', updatedAt: 'noon' }],
    ['another status', { ...payment, status: 'PENDING' }],
    ['no postings', { ...payment, postings: [] }],
    ['postings that are no list', { ...payment, postings: 'none' }],
    ['a posting that is none', { ...payment, postings: [usd, null] }],
    ['a posting with another field', { ...payment, postings: [{ ...usd, note: 'x' }, shares] }],
    ['a posting of a number', { ...payment, postings: [{ ...usd, amountMinor: -1_000 }, shares] }],
    ['a posting to nowhere', { ...payment, postings: [{ ...usd, bucket: 'lost' }, shares] }],
    ['a posting of another scale', { ...payment, postings: [{ ...usd, scale: 3 }, shares] }],
    ['a posting of a scale in words', { ...payment, postings: [usd, { ...shares, scale: '0' }] }],
    ['a posting of another code', { ...payment, postings: [usd, { ...shares, code: 'aapl' }] }],
    ['no fill', { ...payment, fill: undefined }],
    ['a fill with another field', { ...payment, fill: { ...fill, note: 'x' } }],
    ['a fill of numbers', { ...payment, fill: { ...fill, priceMinor: 100 } }],
    ['a fill of a quantity in numbers', { ...payment, fill: { ...fill, quantityMinor: 10 } }],
    ['a fill of a scale in words', { ...payment, fill: { ...fill, priceScale: '2' } }],
    ['a fill of another scale in words', { ...payment, fill: { ...fill, quantityScale: '0' } }],
    ['a fill of no side', { ...payment, fill: { ...fill, side: 'HOLD' } }],
    ['a fill of another price', { ...payment, fill: { ...fill, priceMinor: 101n } }],
    ['a fee below nothing', { ...payment, feeMinor: -1n }],
    ['a fee beyond 10^24', { ...payment, feeMinor: 10n ** 24n + 1n }],
    ['a fee of a number', { ...payment, feeMinor: 0 }],
  ])('refuses a payment with %s, as the schema does', (_, entry) => {
    expect(balanceTransactionSchema.safeParse(entry).success).toBe(false);
    expect(() => checkedEntry(entry as BalanceTransaction)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error,
    );
  });
});
