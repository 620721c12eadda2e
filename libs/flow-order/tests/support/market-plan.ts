import type { OrderCreate } from '@cnop/entities-order';
import fc from 'fast-check';

/** One event of a market: what happens, a number of milliseconds after the one before. */
export type MarketEvent =
  | { readonly do: 'tick'; readonly afterMs: number; readonly priceMinor: number }
  | {
      readonly do: 'place';
      readonly afterMs: number;
      readonly owner: number;
      readonly order: Omit<OrderCreate, 'assetId'>;
    }
  | { readonly do: 'cancel'; readonly afterMs: number; readonly nth: number }
  | { readonly do: 'switch'; readonly afterMs: number; readonly to: 'halted' | 'active' | 'paused' | 'unpaused' };

/** Prices have three decimals. */
const text = (minor: number): string => (minor / 1_000).toFixed(3);

/** A number in a range, evenly, without the bias to extremes that finds edge cases. */
const evenly = (min: number, max: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min, max }));

/** An order at distances from a price: of any type, on either side, some of them due at once. */
function orderNear(priceMinor: number): fc.Arbitrary<Omit<OrderCreate, 'assetId'>> {
  return fc
    .record({
      kind: evenly(0, 11),
      near: evenly(20, 1_500),
      far: evenly(1_501, 4_000),
      quantity: evenly(1, 40),
    })
    .map(({ kind, near, far, quantity }) => {
      const [above, below] = [text(priceMinor + near), text(priceMinor - near)];
      const [farAbove, farBelow] = [text(priceMinor + far), text(priceMinor - far)];
      const sized = { quantity: (quantity / 10).toFixed(1) };
      const orders = [
        { orderType: 'LIMIT_BUY', limitPrice: below },
        { orderType: 'LIMIT_SELL', limitPrice: above },
        { orderType: 'STOP_LOSS_BUY', stopPrice: above },
        { orderType: 'STOP_LOSS_SELL', stopPrice: below },
        { orderType: 'STOP_LOSS_SELL', stopPrice: below, limitPrice: text(priceMinor - near - 10) },
        { orderType: 'TAKE_PROFIT_BUY', stopPrice: below },
        { orderType: 'TAKE_PROFIT_SELL', stopPrice: above },
        { orderType: 'TRAILING_STOP_SELL', trailAmount: text(near) },
        { orderType: 'TRAILING_STOP_BUY', trailPercent: (near / 500 + 0.01).toFixed(2) },
        { orderType: 'OCO_SELL', limitPrice: above, trailAmount: text(far) },
        { orderType: 'OCO_SELL', limitPrice: farAbove, stopPrice: below },
        { orderType: 'LIMIT_BUY', limitPrice: below, exits: { takeProfitPrice: above, stopPrice: farBelow } },
      ];

      return { ...sized, ...orders[kind] } as Omit<OrderCreate, 'assetId'>;
    });
}

/** What a plan is made of. */
export interface PlanSize {
  readonly events: number;
  readonly owners: number;
}

/** Where prices begin, in thousandths. */
export const firstPriceMinor = 57_200;

/** A market that runs through many events: a walk of prices, orders around it, cancellations, halts. */
export const marketPlans = ({ events, owners }: PlanSize): fc.Arbitrary<MarketEvent[]> =>
  fc
    .array(
      fc.record({
        kind: evenly(0, 99),
        move: evenly(-600, 600),
        afterMs: evenly(1, 4_000),
        owner: evenly(0, owners - 1),
        nth: evenly(0, events),
      }),
      { minLength: events, maxLength: events },
    )
    .chain((steps) => {
      let priceMinor = firstPriceMinor;
      let isHalted = false;
      let isPaused = false;
      const arbitraries = steps.map(({ kind, move, afterMs, owner, nth }): fc.Arbitrary<MarketEvent> => {
        if (kind < 55) {
          priceMinor = Math.max(20_000, priceMinor + move);
          return fc.constant({ do: 'tick', afterMs, priceMinor });
        }
        if (kind < 88) return orderNear(priceMinor).map((order) => ({ do: 'place', afterMs, owner, order }));
        if (kind < 96) return fc.constant({ do: 'cancel', afterMs, nth });
        if (kind < 98) {
          isHalted = !isHalted;
          return fc.constant({ do: 'switch', afterMs, to: isHalted ? 'halted' : 'active' });
        }
        isPaused = !isPaused;
        return fc.constant({ do: 'switch', afterMs, to: isPaused ? 'paused' : 'unpaused' });
      });

      return fc.tuple(...arbitraries);
    });
