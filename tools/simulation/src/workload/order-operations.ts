import { orderIdFor, sideOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import {
  addAmounts,
  market,
  negated,
  noAmounts,
  ownerOfAccount,
  tradeChange,
  type PlacedOrder,
  type World,
} from './market.ts';
import type { WriteOperation } from './operation.ts';
import type { Step } from './plan.ts';
import { keyOfStep, entriesWhere } from './money-operations.ts';

/** Buys or sells the asset at the price of the moment. */
export function trade(step: Step, { orders, prices }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const orderId = orderIdFor(owner, idempotencyKey);
  const side = step.kind === 'buy' ? 'buy' : 'sell';
  // Even the smallest sale leaves something after its fee at the lowest price.
  const quantityMinor = BigInt(step.amount + 1_999);
  const order = {
    orderType: side === 'buy' ? 'MARKET_BUY' : 'MARKET_SELL',
    assetId: market.assetId,
    quantity: formatDecimal(quantityMinor, market.decimals),
  } as const;

  return {
    effect: `trade ${orderId}`,
    owner,
    find: entriesWhere((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_PAYMENT'),
    possibleChanges: () => prices.map((priceMinor) => tradeChange(side, quantityMinor, priceMinor)),
    call: async ({ flow }) => {
      const { order: placed, replayed } = await flow.placeOrder({ owner, order, idempotencyKey });
      if (placed.status === 'FAILED') throw new FencedOrder();
      const change = changeOf(placed);
      orders.push({ owner, orderId, change });

      return { id: String(placed.fills[0]?.transactionId), change, replayed };
    },
  };
}

/** A repeat shows an order that was refused after an attempt of unknown outcome: a refusal, told as an order. */
export class FencedOrder extends Error {
  override readonly name = 'FencedOrder';
}

/** What the fills of an order change, calculated without the libraries. */
export const changeOf = ({ orderType, fills }: Pick<Order, 'orderType' | 'fills'>) =>
  fills
    .map(({ quantityMinor, priceMinor }) =>
      tradeChange(sideOf(orderType) === 'BUY' ? 'buy' : 'sell', quantityMinor, priceMinor),
    )
    .reduce(addAmounts, noAmounts);

/** Refunds an order, against others who may refund it too. */
export function refund({ owner, orderId, change = noAmounts }: PlacedOrder): WriteOperation {
  return {
    effect: `refund ${orderId}`,
    owner,
    isShared: true,
    find: entriesWhere((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_REFUND'),
    possibleChanges: () => [negated(change)],
    call: async ({ flow }) => {
      const { order, replayed } = await flow.refundOrder({ orderId, owner });
      return { id: String(order.refundTransactionId), change: negated(changeOf(order)), replayed };
    },
  };
}

/** Stores an order that waits and holds nothing. */
export function draftOrder(step: Step, { orders: placed }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const clientOrderId = keyOfStep(step);
  const orderId = orderIdFor(owner, clientOrderId);

  return {
    effect: `draft ${orderId}`,
    owner,
    find: ({ orders }) => orders.filter((order) => order.orderId === orderId).map(orderRecord),
    call: async ({ orders }) => {
      const { assetId, currency, decimals: quantityScale, priceScale, currencyScale } = market;
      const { replayed } = await orders.createOrder({
        owner,
        orderType: 'LIMIT_BUY',
        assetId,
        currency,
        quantityMinor: 1_000n,
        quantityScale,
        priceScale,
        currencyScale,
        limitPriceMinor: 100n,
        clientOrderId,
      });
      placed.push({ owner, orderId });
      return { id: orderId, change: noAmounts, replayed };
    },
  };
}

const orderRecord = ({ orderId }: { readonly orderId: string }) => ({ id: orderId, change: noAmounts });

/** Cancels an order: one that waits, with all that it holds by then, or one that is over and can no longer be cancelled. */
export const cancel = ({ owner, orderId }: PlacedOrder): WriteOperation => ({
  effect: `cancel ${orderId}`,
  owner,
  isShared: true,
  find: (tables) =>
    tables.orders
      .filter((order) => order.orderId === orderId && order.status === 'CANCELLED')
      .flatMap(({ releaseTransactionId: id }) =>
        id === undefined
          ? [orderRecord({ orderId })]
          : entriesWhere(({ transactionId }) => transactionId === id)(tables),
      ),
  refusals: ['ORDER_NOT_CANCELLABLE'],
  call: async ({ flow }) => {
    const { order, replayed } = await flow.cancelOrder({ orderId, owner });
    return { id: order.releaseTransactionId ?? orderId, replayed };
  },
});
