import { makeQuote } from '@cnop/entities-inventory/testing';
import { MAX_FEE_BPS, orderSchema } from '@cnop/entities-order';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { balanceTransactionSchema, journalShapeProblem } from '@cnop/entities-ledger';
import { formatDecimal } from '@cnop/utils';
import fc from 'fast-check';
import { completedOrder, paymentEntry } from '../../../src/market/settlement.ts';
import { priceAt } from '../../../src/market/priced-order.ts';

const placement = { owner: 'alice', orderId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70', clientOrderId: 'a-1' };
const execution = { transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG', at: '2026-01-05T09:30:00.000Z' };

describe(completedOrder, () => {
  it('keeps the amounts, the source of the price and the fill', () => {
    const order = makeOrderCreate({ orderType: 'MARKET_SELL', quantity: '3', minPrice: '150.00' });

    const completed = completedOrder({ ...placement, order }, priceAt(order, makeQuote(), 0), execution);

    expect(completed).toStrictEqual({
      ...placement,
      orderType: 'MARKET_SELL',
      status: 'COMPLETED',
      assetId: 'AAPL',
      currency: 'USD',
      quantityMinor: 3n,
      quantityScale: 0,
      priceScale: 2,
      currencyScale: 2,
      minPriceMinor: 15_000n,
      priceAsOf: '2026-01-05T09:30:00.000Z',
      priceSource: 'test-feed',
      fills: [
        {
          transactionId: execution.transactionId,
          priceMinor: 15_025n,
          quantityMinor: 3n,
          notionalMinor: 45_075n,
          executedAt: execution.at,
        },
      ],
      heldMinor: 0n,
      createdAt: execution.at,
      updatedAt: execution.at,
      endedAt: execution.at,
      version: 1,
    });
  });

  it('keeps the fee that it was placed at, and what that makes of the fill', () => {
    const order = makeOrderCreate({ orderType: 'MARKET_BUY', quantity: '3' });

    const completed = completedOrder({ ...placement, order }, priceAt(order, makeQuote(), 25), execution);

    expect(completed).toMatchObject({ feeBps: 25, fills: [{ notionalMinor: 45_075n, feeMinor: 113n }] });
  });
});

describe(paymentEntry, () => {
  it('has the shape of its type for whatever trade the rules let through', () => {
    const scale = fc.integer({ min: 0, max: 8 });
    const minor = fc.bigInt({ min: 1n, max: 10n ** 9n });
    const orderType = fc.constantFrom('MARKET_BUY' as const, 'MARKET_SELL' as const);

    fc.assert(
      fc.property(
        fc.tuple(orderType, fc.integer({ min: 0, max: MAX_FEE_BPS })),
        fc.tuple(minor, minor),
        fc.tuple(scale, scale),
        ([type, feeBps], amounts, [decimals, priceScale]) => {
          const [priceMinor, quantityMinor] = amounts;
          const quote = makeQuote({ asset: { decimals, priceScale }, priceMinor });
          const order = makeOrderCreate({ orderType: type, quantity: formatDecimal(quantityMinor, decimals) });
          const priced = priceAt(order, quote, feeBps);
          fc.pre(priced.notionalMinor > 0n && priced.cashMinor > 0n);

          const completed = completedOrder({ ...placement, order }, priced, execution);
          const entries = completed.fills.map((fill) => paymentEntry(completed, fill));

          expect(orderSchema.parse(completed)).toEqual(completed);
          expect(entries.map(journalShapeProblem)).toEqual([undefined]);
          expect(entries.map((entry) => balanceTransactionSchema.parse(entry))).toEqual(entries);
        },
      ),
    );
  });
});
