import { z } from 'zod';

/** Every kind of order, by name. */
export const OrderType = {
  MARKET_BUY: 'MARKET_BUY',
  MARKET_SELL: 'MARKET_SELL',
  LIMIT_BUY: 'LIMIT_BUY',
  LIMIT_SELL: 'LIMIT_SELL',
  STOP_LOSS_BUY: 'STOP_LOSS_BUY',
  STOP_LOSS_SELL: 'STOP_LOSS_SELL',
  TAKE_PROFIT_BUY: 'TAKE_PROFIT_BUY',
  TAKE_PROFIT_SELL: 'TAKE_PROFIT_SELL',
  TRAILING_STOP_BUY: 'TRAILING_STOP_BUY',
  TRAILING_STOP_SELL: 'TRAILING_STOP_SELL',
} as const;

/** What kind of order it is: how it is triggered, and which side it takes. */
export type OrderType = (typeof OrderType)[keyof typeof OrderType];

/** Accepts the name of an {@link OrderType}. */
export const orderTypeSchema = z.enum(OrderType);

/** Which way the asset moves: a BUY pays cash and receives the asset, a SELL the reverse. */
export type OrderSide = 'BUY' | 'SELL';

/** The side that an order of this type takes. */
export function sideOf(orderType: OrderType): OrderSide {
  return orderType.endsWith('_BUY') ? 'BUY' : 'SELL';
}
