import fc from 'fast-check';
import { Side, paymentPostings } from '@cnop/entities-ledger';
import { fromTransactionItem, toTransactionItem, transactionItemSchema } from '@cnop/entities-ledger/table';
import { makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import { transaction } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const payment = makeTransaction({
  transactionType: 'ORDER_PAYMENT',
  postings: paymentPostings({
    side: Side.BUY,
    cash: { code: 'USD', amountMinor: 1_250n, scale: 2 },
    asset: { code: 'AAPL', amountMinor: 10n, scale: 0 },
  }),
  orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
  fill: { priceMinor: 125n, priceScale: 2, quantityMinor: 10n, quantityScale: 0, side: 'BUY' },
  description: 'Ten shares',
  actor: 'alice',
  idempotencyKey: 'k-1',
});
const full = toTransactionItem(payment, { writeId: 'w-1' });
const optional = ['orderId', 'fill', 'description', 'actor', 'idempotencyKey'];
const required = Object.keys(full).filter((name) => !['schemaVersion', 'writeId', ...optional].includes(name));

describe(toTransactionItem, () => {
  it('writes what reads back as the same entry', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        expect(fromTransactionItem(throughDynamoDb(toTransactionItem(entry, { writeId: 'w-1' })))).toEqual(entry);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        const item = toTransactionItem(entry, { writeId: 'w-1' });

        expect(throughToolbox(transactionItemSchema, item)).toEqual(item);
      }),
    );
  });

  it('keeps owner and id in the key alone and leaves absent fields out', () => {
    expect(toTransactionItem(makeTransaction(), { writeId: 'w-1' })).toStrictEqual({
      pk: 'OWNER#alice',
      sk: 'TXN#01JGJ8Q2XE0000000000000000',
      schemaVersion: 1,
      transactionType: 'DEPOSIT',
      status: 'COMPLETED',
      postings: [makePosting()],
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
      writeId: 'w-1',
    });
  });
});

describe(fromTransactionItem, () => {
  it('ignores attributes it does not know', () => {
    expect(fromTransactionItem({ ...full, colour: 'blue' })).toStrictEqual(payment);
  });

  it('reads an entry of the wrong shape, for the audit to report', () => {
    const item = toTransactionItem(makeTransaction({ postings: [] }), { writeId: 'w-1' });

    expect(fromTransactionItem(item).postings).toEqual([]);
  });

  it.each(required)('names the item and the attribute when %s is missing', (attribute) => {
    expect(() => fromTransactionItem(without(full, attribute))).toThrow(
      `Malformed transaction item: attribute '${attribute}'`,
    );
  });

  it.each([...required, ...optional])('names the item and the attribute when %s is of another type', (attribute) => {
    expect(() => fromTransactionItem({ ...full, [attribute]: 7 })).toThrow(
      `Malformed transaction item: attribute '${attribute}'`,
    );
  });

  it.each(['code', 'bucket', 'amountMinor', 'scale'])('names the posting and its %s when that is malformed', (name) => {
    const postings = [makePosting(), { ...makePosting(), [name]: null }];

    expect(() => fromTransactionItem({ ...full, postings })).toThrow(
      `Malformed transaction item: attribute 'postings[1].${name}'`,
    );
  });

  it.each(['text', null, []])('refuses %p among the postings', (posting) => {
    expect(() => fromTransactionItem({ ...full, postings: [posting] })).toThrow(
      "Malformed transaction item: attribute 'postings[0]'",
    );
  });

  it.each(['priceMinor', 'priceScale', 'quantityMinor', 'quantityScale', 'side'])(
    'names the %s of a fill when that is malformed',
    (name) => {
      expect(() => fromTransactionItem({ ...full, fill: { ...payment.fill, [name]: null } })).toThrow(
        `Malformed transaction item: attribute 'fill.${name}'`,
      );
    },
  );
});
