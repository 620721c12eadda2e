import fc from 'fast-check';
import {
  balanceTransactionResponseSchema,
  balanceTransactionSchema,
  paymentPostings,
  postingSchema,
  balanceTransactionListResponseSchema,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
} from '@cnop/entities-ledger';
import { makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import { transaction } from './arbitraries.ts';

describe('balanceTransactionSchema', () => {
  it('accepts any valid entry as it is', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        expect(balanceTransactionSchema.parse(entry)).toEqual(entry);
      }),
    );
  });

  it('refuses an entry whose postings have another shape than its type’s, and says which', () => {
    const result = balanceTransactionSchema.safeParse(makeTransaction({ transactionType: 'WITHDRAW' }));

    expect(result.error?.issues).toMatchObject([
      {
        code: 'custom',
        path: ['postings'],
        message: 'There must be one posting, of a negative amount, to available.',
      },
    ]);
  });

  it.each([
    { postings: [] },
    { transactionType: 'GIFT' },
    { status: 'DONE' },
    { transactionId: 'not-a-ulid' },
    { description: '' },
    { description: 'd'.repeat(201) },
    { description: 'two\nlines' },
    { actor: 'a#b' },
    { idempotencyKey: 'k'.repeat(65) },
  ])('refuses %p', (wrong) => {
    expect(balanceTransactionSchema.safeParse({ ...makeTransaction(), ...wrong }).success).toBe(false);
  });
});

describe('postingSchema', () => {
  it.each([{ amountMinor: 0n }, { amountMinor: 5 }, { bucket: 'pocket' }, { scale: 19 }, { code: '#' }])(
    'refuses %p',
    (wrong) => {
      expect(postingSchema.safeParse({ ...makePosting(), ...wrong }).success).toBe(false);
    },
  );

  it('says what is wrong with a posting of nothing', () => {
    const { error } = postingSchema.safeParse(makePosting({ amountMinor: 0n }));

    expect(error?.issues).toMatchObject([{ path: ['amountMinor'], message: 'A posting moves something.' }]);
  });
});

describe('balanceTransactionResponseSchema', () => {
  it.each(['', 'usd', 'USD#1', '\ud800'])('refuses a posting of %j, which is no code', (code) => {
    const response = toBalanceTransactionResponse(makeTransaction());
    const postings = response.postings.map((posting) => ({ ...posting, code }));

    expect(balanceTransactionResponseSchema.safeParse(response).success).toBe(true);
    expect(balanceTransactionResponseSchema.safeParse({ ...response, postings }).success).toBe(false);
  });
});

describe(toBalanceTransactionResponse, () => {
  it('shows amounts as signed decimal text', () => {
    const payment = makeTransaction({
      transactionType: 'ORDER_PAYMENT',
      postings: paymentPostings({
        side: 'BUY',
        cash: { code: 'USD', amountMinor: 5n, scale: 2 },
        asset: { code: 'AAPL', amountMinor: 15n, scale: 1 },
        feeMinor: 1n,
      }),
      feeMinor: 1n,
      orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
      fill: { priceMinor: 333n, priceScale: 4, quantityMinor: 15n, quantityScale: 1, side: 'BUY' },
      description: 'Some shares',
      note: 'For the pension',
      metadata: { desk: 'north' },
      actor: 'alice',
      idempotencyKey: 'k-1',
    });

    expect(toBalanceTransactionResponse(payment)).toStrictEqual({
      transactionId: '01JGJ8Q2XE0000000000000000',
      username: 'alice',
      transactionType: 'ORDER_PAYMENT',
      status: 'COMPLETED',
      postings: [
        { code: 'USD', bucket: 'available', amount: '-0.06' },
        { code: 'AAPL', bucket: 'available', amount: '1.5' },
      ],
      orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
      fill: { side: 'BUY', price: '0.0333', quantity: '1.5' },
      fee: '0.01',
      description: 'Some shares',
      note: 'For the pension',
      metadata: { desk: 'north' },
      actor: 'alice',
      idempotencyKey: 'k-1',
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
    });
  });

  it.each(['', '-', '1.', '.5', '01', '+1', '1e3', 'x1', '1x', '1 '])('takes %p for no amount', (amount) => {
    const response = toBalanceTransactionResponse(makeTransaction());
    const wrong = { ...response, postings: [{ ...response.postings[0], amount }] };

    expect(balanceTransactionResponseSchema.safeParse(wrong).success).toBe(false);
  });

  it('shows any entry in the shape of its schema, as plain JSON', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        const response = toBalanceTransactionResponse(entry);

        expect(balanceTransactionResponseSchema.parse(JSON.parse(JSON.stringify(response)))).toEqual(response);
      }),
    );
  });
});

describe(toBalanceTransactionListResponse, () => {
  it('shows each entry and the cursor to the next page', () => {
    const items = [makeTransaction(), makeTransaction({ status: 'FAILED' })];

    const response = toBalanceTransactionListResponse({ items, nextCursor: 'abc' });

    expect(response).toStrictEqual({ items: items.map(toBalanceTransactionResponse), nextCursor: 'abc' });
    expect(balanceTransactionListResponseSchema.parse(response)).toStrictEqual(response);
    expect(toBalanceTransactionListResponse({ items: [] })).toStrictEqual({ items: [] });
  });
});
