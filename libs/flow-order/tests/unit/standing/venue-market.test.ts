import { makeQuote } from '@cnop/entities-inventory/testing';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { createManualClock } from '@cnop/utils';
import { priceAt, type MarketOrderCreate } from '../../../src/market/priced-order.ts';
import { venueMarketDraft } from '../../../src/standing/venue-market.ts';

const context = { clock: createManualClock('2026-03-02T14:30:00.000Z'), collarBps: 500 };
const quote = makeQuote({ priceMinor: 20_000n });
const draft = (order: MarketOrderCreate, feeBps = 0) => venueMarketDraft(context, priceAt(order, quote, feeBps)).order;

describe(venueMarketDraft, () => {
  it('is a buy up to the collar, in 32 fills', () => {
    const order = draft(makeOrderCreate({ orderType: 'MARKET_BUY', quantity: '10' }));

    expect(order).toMatchObject({
      ...{ status: 'QUEUED', execution: 'VENUE', maxFills: 32, version: 1, fills: [], quantityMinor: 10n },
      ...{ maxPriceMinor: 21_000n, holdPriceMinor: 21_000n, collarBps: 500, heldMinor: 210_000n },
      ...{ createdAt: '2026-03-02T14:30:00.000Z', updatedAt: '2026-03-02T14:30:00.000Z' },
    });
    expect(order).not.toHaveProperty('expiresAt');
  });

  it('is a buy up to the price that was given, without a collar', () => {
    const order = draft(makeOrderCreate({ orderType: 'MARKET_BUY', quantity: '10', maxPrice: '201' }));

    expect(order).toMatchObject({ maxPriceMinor: 20_100n, holdPriceMinor: 20_100n, heldMinor: 201_000n });
    expect(order).not.toHaveProperty('collarBps');
  });

  it('is a sell of the quantity that it holds', () => {
    const order = draft(makeOrderCreate({ orderType: 'MARKET_SELL', quantity: '10', minPrice: '199' }));

    expect(order).toMatchObject({ minPriceMinor: 19_900n, heldMinor: 10n });
    for (const field of ['maxPriceMinor', 'holdPriceMinor', 'collarBps']) expect(order).not.toHaveProperty(field);
  });

  it('has a fee where there is one', () => {
    const buy = makeOrderCreate({ orderType: 'MARKET_BUY', quantity: '10' });

    expect(draft(buy)).not.toHaveProperty('feeBps');
    // 525 of fee, and for each of 31 later fills a cent more that it may round up to.
    expect(draft(buy, 25)).toMatchObject({ feeBps: 25, heldMinor: 210_000n + 525n + 31n });
  });
});
