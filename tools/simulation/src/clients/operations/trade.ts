import { orderIdFor, sideOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import { keyOfStep, market, accountName } from '../market.ts';
import type { Move, WriteOperation } from '../operation.ts';
import { recordOf } from '../resting-tables.ts';
import type { Step } from '../step.ts';
import type { World } from '../world.ts';

type TradeStep = Extract<Step, { readonly kind: 'buy' | 'sell' }>;

/** Buys or sells the asset at the price of the moment. */
export function trade(step: TradeStep, { placedOrders }: World): WriteOperation {
  const owner = accountName(step.account);
  const idempotencyKey = keyOfStep(step);
  const orderId = orderIdFor(owner, idempotencyKey);
  const order = {
    orderType: step.kind === 'buy' ? 'MARKET_BUY' : 'MARKET_SELL',
    assetId: market.assetId,
    quantity: formatDecimal(BigInt(step.quantityMinor), market.decimals),
  } as const;

  return {
    effect: {
      name: `trade ${orderId}`,
      find: ({ entries }) =>
        entries.filter((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_PAYMENT').map(recordOf),
    },
    call: async ({ flow }) => {
      const result = await flow.placeOrder({ owner, order, idempotencyKey });
      if (result.order.status === 'FAILED') throw new FencedOrder();
      placedOrders.push({ owner, orderId });

      return {
        id: String(result.order.fills[0]?.transactionId),
        moves: tradeMoves(result.order),
        replayed: result.replayed,
      };
    },
  };
}

/** A repeat shows an order that was refused after an attempt of unknown outcome: a refusal, told as an order. */
export class FencedOrder extends Error {
  override readonly name = 'FencedOrder';
}

/** What the fills of an order moved. */
export function tradeMoves({ owner, orderType, currency, assetId, fills }: Order): Move[] {
  const sign = sideOf(orderType) === 'BUY' ? 1n : -1n;

  return fills.flatMap(({ notionalMinor, quantityMinor }) => [
    { owner, code: currency, amountMinor: -sign * notionalMinor },
    { owner, code: assetId, amountMinor: sign * quantityMinor },
  ]);
}
