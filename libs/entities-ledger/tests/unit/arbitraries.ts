import { balanceCodeSchema, currencyScale, idempotencyKeySchema, isCurrencyCode, ownerSchema } from '@cnop/validation';
import { MAX_MINOR, multiplyAmounts } from '@cnop/utils';
import fc, { type Arbitrary } from 'fast-check';
import type { ZodType } from 'zod';
import {
  type Amount,
  type Balance,
  BalanceStatus,
  type BalanceTransaction,
  type Fill,
  type Posting,
  Side,
  TransactionStatus,
  TransactionType,
  adjustmentPostings,
  capturePostings,
  depositPostings,
  holdPostings,
  paymentPostings,
  refundPostings,
  releasePostings,
  withdrawalPostings,
} from '@cnop/entities-ledger';

/** What a schema makes of arbitrary input, refused input left out. */
function accepted<TValue>(schema: ZodType<TValue>, input: Arbitrary<string>): Arbitrary<TValue> {
  return input
    .map((text) => schema.safeParse(text))
    .filter((result) => result.success)
    .map((result) => result.data);
}

/** A currency has the scale of ISO 4217, an asset any. */
function atOwnScale<TOf extends Pick<Amount, 'code' | 'scale'>>(of: TOf): TOf {
  return isCurrencyCode(of.code) ? { ...of, scale: currencyScale(of.code) } : of;
}

function textOf(alphabet: string, minLength: number, maxLength: number): Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });
}

// Short texts of few letters, so that collisions would be found; the separators of our keys among them.
export const owner = accepted(ownerSchema, fc.oneof(textOf('aB1:|@+#', 1, 5), textOf('aB9._-:|@+', 1, 64)));
export const code = accepted(balanceCodeSchema, fc.oneof(textOf('AB1#.-', 1, 4), fc.constantFrom('USD', 'JPY')));
export const idempotencyKey = accepted(
  idempotencyKeySchema,
  fc.oneof(textOf('a#K', 1, 4), fc.string({ maxLength: 64 })),
);
export const transactionId = fc.ulid();
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'BHD');
const assetId = code.filter((candidate) => !isCurrencyCode(candidate));
const scale = fc.integer({ min: 0, max: 18 });
const positiveMinor = fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, MAX_MINOR));
export const amount: Arbitrary<Amount> = fc.record({ code, amountMinor: positiveMinor, scale }).map(atOwnScale);
const money: Arbitrary<Amount> = fc.record({ code: currency, amountMinor: positiveMinor, scale }).map(atOwnScale);
const side = fc.constantFrom(Side.BUY, Side.SELL);

const minor = fc.oneof(fc.bigInt(0n, 1_000n), fc.bigInt(0n, MAX_MINOR));
const version = fc.integer({ min: 1 });
const timestamp = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

export const balance: Arbitrary<Balance> = fc.record({
  owner,
  code,
  scale,
  availableMinor: minor,
  heldMinor: minor,
  totalDepositedMinor: minor,
  totalWithdrawnMinor: minor,
  openOrders: fc.nat(),
  status: fc.constantFrom(...Object.values(BalanceStatus)),
  version,
  createdAt: timestamp,
  updatedAt: timestamp,
});

/** A trade whose cash is what its fill says, and more than nothing. */
export const trade: Arbitrary<{ fill: Fill; cash: Amount; asset: Amount; feeMinor?: bigint }> = fc
  .record({
    priceMinor: fc.bigInt(1n, 10n ** 8n),
    priceScale: fc.integer({ min: 0, max: 6 }),
    quantityMinor: fc.bigInt(1n, 10n ** 8n),
    quantityScale: fc.integer({ min: 0, max: 6 }),
    side,
    currency,
    assetId,
    feeBps: fc.constantFrom(0n, 1n, 250n, 1_000n),
  })
  .map(({ currency, assetId, feeBps, ...fill }) => {
    const cashScale = currencyScale(currency);
    const notional = multiplyAmounts({
      ...fill,
      resultScale: cashScale,
      rounding: fill.side === Side.BUY ? 'up' : 'down',
    });

    return {
      fill,
      cash: { code: currency, amountMinor: notional, scale: cashScale },
      asset: { code: assetId, amountMinor: fill.quantityMinor, scale: fill.quantityScale },
      ...(feeBps > 0n && { feeMinor: (notional * feeBps + 9_999n) / 10_000n }),
    };
  })
  .filter(({ cash, feeMinor = 0n }) => cash.amountMinor > feeMinor);

/** A trade out of a hold that is what it pays, more, or less. */
export const capture = fc
  .record({ trade, share: fc.constantFrom(0n, 1n, 9_999n, 10_000n, 10_001n, 25_000n), extra: fc.bigInt(0n, 3n) })
  .map(({ trade, share, extra }) => {
    const { fill, cash, asset, feeMinor = 0n } = trade;
    const paidMinor = fill.side === Side.BUY ? cash.amountMinor + feeMinor : asset.amountMinor;

    return { ...trade, paidMinor, heldMinor: (paidMinor * share) / 10_000n + extra };
  })
  .filter(({ heldMinor }) => heldMinor > 0n);

type Content = Pick<
  BalanceTransaction,
  'transactionType' | 'status' | 'postings' | 'orderId' | 'fill' | 'feeMinor' | 'counterparty'
>;

const completed = TransactionStatus.COMPLETED;
const orderId = fc.uuid({ version: 5 });

function content(transactionType: TransactionType, postings: Arbitrary<Posting[]>): Arbitrary<Content> {
  return postings.map((postings) => ({ transactionType, status: completed, postings }));
}

function ofOrder(transactionType: TransactionType, postings: Arbitrary<Posting[]>): Arbitrary<Content> {
  return fc.record({
    transactionType: fc.constant(transactionType),
    status: fc.constant(completed),
    postings,
    orderId,
  });
}

const deposit = fc.record({
  transactionType: fc.constant(TransactionType.DEPOSIT),
  status: fc.constantFrom(...Object.values(TransactionStatus)),
  postings: money.map(depositPostings),
});

const payment = fc.record({ trade, orderId }).map(({ trade: { fill, cash, asset, feeMinor }, orderId }): Content => ({
  transactionType: TransactionType.ORDER_PAYMENT,
  status: completed,
  postings: paymentPostings({ side: fill.side, cash, asset, feeMinor }),
  orderId,
  fill,
  ...(feeMinor !== undefined && { feeMinor }),
}));

const paymentFromHold = fc.record({ capture, orderId }).map(({ capture, orderId }): Content => ({
  transactionType: TransactionType.ORDER_PAYMENT,
  status: completed,
  postings: capturePostings({ ...capture, side: capture.fill.side }),
  orderId,
  fill: capture.fill,
  ...(capture.feeMinor !== undefined && { feeMinor: capture.feeMinor }),
}));

const refund = trade.map(({ fill, cash, asset }) => refundPostings(paymentPostings({ side: fill.side, cash, asset })));

const anyContent: Arbitrary<Content> = fc.oneof(
  deposit,
  content(TransactionType.WITHDRAW, money.map(withdrawalPostings)),
  content(
    TransactionType.SYSTEM_ADJUSTMENT,
    fc
      .record({ amount, isDebit: fc.boolean() })
      .map(({ amount, isDebit }) =>
        adjustmentPostings({ ...amount, amountMinor: isDebit ? -amount.amountMinor : amount.amountMinor }),
      ),
  ),
  amount.map((amount): Content => ({
    transactionType: TransactionType.TRANSFER,
    status: completed,
    postings: withdrawalPostings(amount),
    counterparty: 'the-other',
  })),
  ofOrder(TransactionType.ORDER_HOLD, amount.map(holdPostings)),
  ofOrder(TransactionType.ORDER_RELEASE, amount.map(releasePostings)),
  ofOrder(TransactionType.ORDER_REFUND, refund),
  payment,
  paymentFromHold,
);

export const transaction: Arbitrary<BalanceTransaction> = fc
  .record({
    content: anyContent,
    fields: fc.record(
      {
        transactionId,
        owner,
        description: textOf('Top-up é 李', 1, 200),
        note: textOf('Top-up é 李', 1, 500),
        metadata: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,10}$/), textOf('é 1', 0, 20), { maxKeys: 5 }),
        actor: owner,
        idempotencyKey,
        createdAt: timestamp,
        updatedAt: timestamp,
      },
      { requiredKeys: ['transactionId', 'owner', 'createdAt', 'updatedAt'] },
    ),
  })
  .map(({ content, fields }) => ({ ...fields, ...content }));
