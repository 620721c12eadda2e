import type { OrderDraft } from '../order-draft.ts';

/** A valid draft: by default a market buy of 10 AAPL. A limit order gets a limit price of 140.00 USD, unless one is given. */
export function makeOrderDraft(overrides: Partial<OrderDraft> = {}): OrderDraft {
  const isLimit = overrides.orderType?.startsWith('LIMIT_') === true;

  return {
    owner: 'alice',
    orderType: 'MARKET_BUY',
    assetId: 'AAPL',
    currency: 'USD',
    quantityMinor: 10n,
    quantityScale: 0,
    priceScale: 2,
    currencyScale: 2,
    ...(isLimit ? { limitPriceMinor: 14_000n } : {}),
    ...overrides,
  };
}
