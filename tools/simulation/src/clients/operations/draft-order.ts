import { orderIdFor } from '@cnop/entities-order';
import { keyOfStep, market, accountName } from '../market.ts';
import type { WriteOperation } from '../operation.ts';
import type { Step } from '../step.ts';
import type { PlacedOrder, World } from '../world.ts';

/** Stores an order that waits and holds nothing. */
export function draftOrder(
  step: Extract<Step, { readonly kind: 'draft-order' }>,
  { draftOrders }: World,
): WriteOperation {
  const owner = accountName(step.account);
  const clientOrderId = keyOfStep(step);
  const orderId = orderIdFor(owner, clientOrderId);

  return {
    effect: {
      name: `draft ${orderId}`,
      find: ({ orders }) => orders.filter((order) => order.orderId === orderId).map(() => ({ id: orderId, moves: [] })),
    },
    call: async ({ orders }) => {
      const { replayed } = await orders.createOrder({
        owner,
        orderType: 'LIMIT_BUY',
        assetId: market.assetId,
        currency: market.currency,
        quantityMinor: 1_000n,
        quantityScale: market.decimals,
        priceScale: market.priceScale,
        currencyScale: market.currencyScale,
        limitPriceMinor: 100n,
        clientOrderId,
      });
      draftOrders.push({ owner, orderId });
      return { id: orderId, moves: [], replayed };
    },
  };
}

/** Cancels an order: one that waits, or one that is over and can no longer be cancelled. */
export const cancel = ({ owner, orderId }: PlacedOrder): WriteOperation => ({
  effect: {
    name: `cancel ${orderId}`,
    find: ({ orders }) =>
      orders
        .filter((order) => order.orderId === orderId && order.status === 'CANCELLED')
        .map(() => ({ id: orderId, moves: [] })),
  },
  call: async ({ flow }) => {
    const { replayed } = await flow.cancelOrder({ orderId, owner });
    return { id: orderId, moves: [], replayed };
  },
});
