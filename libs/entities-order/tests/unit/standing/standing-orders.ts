import fc from 'fast-check';
import type { OrderType, TriggerTerms, TriggerTick } from '@cnop/entities-order';

/** A moment, by its second. */
export const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 30, second)).toISOString();

/** Ticks one second after another, from second 1 on. */
export const ticksOf = (...prices: (bigint | Partial<TriggerTick>)[]): TriggerTick[] =>
  prices.map((price, index) => ({
    asOf: at(index + 1),
    executable: true,
    ...(typeof price === 'bigint' ? { priceMinor: price } : { priceMinor: 100n, ...price }),
  }));

/** An order from second 0 on that expires at second 50. */
export const orderOf = (orderType: OrderType, terms: Partial<TriggerTerms> = {}): TriggerTerms => ({
  orderType,
  createdAt: at(0),
  activeAsOf: at(0),
  expiresAt: at(50),
  ...terms,
});

const arbitraryPrice = fc.bigInt(1n, 200n);
/** Orders of every kind that can rest, without collars. */
export const arbitraryOrder = fc
  .oneof(
    fc.record({ limitPriceMinor: arbitraryPrice, orderType: fc.constantFrom('LIMIT_BUY', 'LIMIT_SELL') }),
    fc.record({
      stopPriceMinor: arbitraryPrice,
      orderType: fc.constantFrom('STOP_LOSS_BUY', 'STOP_LOSS_SELL', 'TAKE_PROFIT_BUY', 'TAKE_PROFIT_SELL'),
    }),
    fc.record({
      trailAmountMinor: fc.bigInt(1n, 30n),
      watermarkMinor: arbitraryPrice,
      orderType: fc.constantFrom('TRAILING_STOP_BUY', 'TRAILING_STOP_SELL'),
    }),
    fc.record({
      trailBps: fc.integer({ min: 1, max: 9_999 }),
      watermarkMinor: arbitraryPrice,
      orderType: fc.constantFrom('TRAILING_STOP_BUY', 'TRAILING_STOP_SELL'),
    }),
    fc.record({
      limitPriceMinor: arbitraryPrice,
      stopPriceMinor: arbitraryPrice,
      stopLimitPriceMinor: arbitraryPrice,
      orderType: fc.constantFrom('OCO_BUY', 'OCO_SELL'),
    }),
  )
  .map((terms) => orderOf(terms.orderType as OrderType, terms as Partial<TriggerTerms>));
