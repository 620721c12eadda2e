import type { Order, OrderAmendment } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { refusalOf } from '@cnop/testing';
import { amendedTermsOf } from '../../../src/standing/amended-terms.ts';

const order = (terms: Partial<Order>) =>
  makeOrder({ status: 'QUEUED', quantityMinor: 5_000n, quantityScale: 3, priceScale: 2, ...terms });
const limit = order({ orderType: 'LIMIT_BUY', limitPriceMinor: 5_000n });
const stopLimit = order({ orderType: 'STOP_LOSS_BUY', limitPriceMinor: 5_000n, stopPriceMinor: 4_000n });
const trail = order({ orderType: 'TRAILING_STOP_BUY', trailBps: 100, maxPriceMinor: 7_000n });

const refusalIn = (act: () => unknown) => refusalOf(Promise.resolve().then(act));

describe(amendedTermsOf, () => {
  it.each<[Order, OrderAmendment, object]>([
    [limit, { quantity: '7', limitPrice: '49.5' }, { quantityMinor: 7_000n, limitPriceMinor: 4_950n }],
    [stopLimit, { stopPrice: '41', expiresAt: '2026-05-01T00:00:00.000Z' }, { stopPriceMinor: 4_100n }],
    [trail, { trailAmount: '1', maxPrice: '80' }, { trailAmountMinor: 100n, maxPriceMinor: 8_000n }],
    [trail, { trailPercent: '2.5' }, { trailBps: 250 }],
    [limit, { expectedVersion: 3, quantity: '1' }, { quantityMinor: 1_000n }],
  ])('reads in the scales of %p the amendment %p', (of, amendment, terms) => {
    const read = amendedTermsOf(of, amendment);

    expect(read).toMatchObject(terms);
    expect(read).not.toHaveProperty('expectedVersion');
  });

  it.each<[Order, OrderAmendment]>([
    [limit, { stopPrice: '1' }],
    [limit, { stopLimitPrice: '1' }],
    [limit, { maxPrice: '1' }],
    [limit, { trailAmount: '1' }],
    [limit, { trailPercent: '1' }],
    [trail, { limitPrice: '1' }],
    [trail, { stopPrice: '1' }],
    [order({ orderType: 'LIMIT_BUY', limitPriceMinor: 5_000n, notionalMinor: 100n }), { quantity: '1' }],
    [{ ...stopLimit, triggeredAt: '2026-03-02T14:30:00.000Z' }, { stopPrice: '1' }],
    [{ ...trail, triggeredAt: '2026-03-02T14:30:00.000Z' }, { trailAmount: '1' }],
  ])('refuses of %p the field of %p, at that field', async (of, amendment) => {
    const refusal = await refusalIn(() => amendedTermsOf(of, amendment));

    expect(refusal).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: {
        issues: [
          {
            pointer: `/${Object.keys(amendment).join()}`,
            rule: 'not_of_the_order',
            message: 'The order does not have this field.',
          },
        ],
      },
    });
  });

  it('takes a quantity above what is filled, and no other', async () => {
    const partly = { ...limit, fills: [makeFill({ quantityMinor: 1_500n }), makeFill({ quantityMinor: 500n })] };

    const refusal = await refusalIn(() => amendedTermsOf(partly, { quantity: '2' }));

    expect(amendedTermsOf(partly, { quantity: '2.001' }).quantityMinor).toBe(2_001n);
    expect(refusal).toMatchObject({ code: 'QUANTITY_BELOW_FILLED', details: { quantity: '2.000', filled: '2.000' } });
  });

  it('names the field whose text its scale cannot write', async () => {
    const refusal = await refusalIn(() => amendedTermsOf(limit, { limitPrice: '1.001' }));

    expect(refusal).toMatchObject({ code: 'AMOUNT_INVALID', details: { field: 'limitPrice' } });
  });
});
