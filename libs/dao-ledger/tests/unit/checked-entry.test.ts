import { balanceTransactionSchema, type BalanceTransaction, type Posting } from '@cnop/entities-ledger';
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
const held = (amountMinor: bigint): Posting => ({ ...usd, bucket: 'held', amountMinor });
const sale: BalanceTransaction = {
  ...payment,
  postings: [
    { ...usd, amountMinor: 997n },
    { ...shares, bucket: 'held', amountMinor: -12n },
    { ...shares, amountMinor: 2n },
  ],
  fill: { ...fill, side: 'SELL' },
  feeMinor: 3n,
};

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

  it.each<[string, BalanceTransaction]>([
    ['out of a hold', { ...payment, postings: [held(-1_000n), shares] }],
    ['out of a larger hold', { ...payment, postings: [held(-1_100n), { ...usd, amountMinor: 100n }, shares] }],
    ['out of a hold that is short', { ...payment, postings: [held(-900n), { ...usd, amountMinor: -100n }, shares] }],
    ['of a sale out of a hold', sale],
  ])('takes a payment %s as the schema does, without asking it', (_, entry) => {
    const schema = jest.spyOn(balanceTransactionSchema, 'safeParse');

    expect(checkedEntry(entry)).toBe(entry);
    expect(schema).not.toHaveBeenCalled();
    schema.mockRestore();
    expect(balanceTransactionSchema.parse(entry)).toEqual(entry);
  });

  it.each<[string, BalanceTransaction]>([
    ['that adds to held', { ...payment, postings: [{ ...usd, amountMinor: -1_100n }, held(100n), shares] }],
    ['that delivers into held', { ...payment, postings: [usd, { ...shares, bucket: 'held' }] }],
    [
      'that returns more than it leaves',
      { ...payment, postings: [held(-900n), { ...usd, amountMinor: 100n }, shares] },
    ],
    ['of a hold in two postings', { ...payment, postings: [held(-500n), held(-500n), shares] }],
    ['of a hold in another scale', { ...payment, postings: [{ ...held(-1_000n), scale: 3 }, shares] }],
    ['of a hold of nothing', { ...payment, postings: [held(0n), usd, shares] }],
    ['of a sale for nothing', { ...sale, postings: [shares, { ...shares, bucket: 'held', amountMinor: -10n }] }],
  ])('refuses a payment %s as the schema does', (_, entry) => {
    expect(balanceTransactionSchema.safeParse(entry).success).toBe(false);
    expect(() => checkedEntry(entry)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error);
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
