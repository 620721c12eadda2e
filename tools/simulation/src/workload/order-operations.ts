import { orderIdFor, sideOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import {
  addAmounts,
  market,
  negated,
  noAmounts,
  ownerOfAccount,
  tradeChange,
  type Amounts,
  type PlacedOrder,
  type World,
} from './market.ts';
import type { ReadOperation, WriteOperation } from './operation.ts';
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

const changeOf = ({ orderType, fills }: Order) =>
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

/** No price of a simulation comes near: what waits for it goes on to hold. */
const farPriceMinor = 100_000n;

/** Lets an order wait that holds money or the asset: for a price that never comes, so it can only be cancelled. */
export function letWait(step: Step, { orders }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const orderId = orderIdFor(owner, idempotencyKey);
  const isBuy = step.kind === 'wait-to-buy';
  // So much at so high a price that many an account has too little.
  const quantityMinor = BigInt(isBuy ? 1 + Math.floor(step.amount / 1_000) : step.amount);
  const price = formatDecimal(farPriceMinor, market.priceScale);
  const terms = isBuy
    ? ({ orderType: 'STOP_LOSS_BUY', stopPrice: price, maxPrice: price } as const)
    : ({ orderType: 'LIMIT_SELL', limitPrice: price } as const);
  const order = { ...terms, assetId: market.assetId, quantity: formatDecimal(quantityMinor, market.decimals) };
  // A buy holds what it would pay, with its fee; a sale what it would sell.
  const held: Amounts = isBuy
    ? { ...noAmounts, cash: tradeChange('buy', quantityMinor, farPriceMinor).cash }
    : { ...noAmounts, asset: -quantityMinor };

  return {
    effect: `wait ${orderId}`,
    owner,
    find: entriesWhere((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_HOLD'),
    possibleChanges: () => [held],
    call: async ({ flow }) => {
      const { order: placed, replayed } = await flow.placeOrder({ owner, order, idempotencyKey });
      if (placed.status === 'FAILED') throw new FencedOrder();
      orders.push({ owner, orderId, held });

      return { id: String(placed.holdTransactionId), change: held, replayed };
    },
  };
}

/** Works off the ticks of the asset, as a worker does that may be killed: nothing of what waits here is due. */
export const workTicks = (): ReadOperation => ({
  call: async ({ engine }) => {
    await engine.workTicks(market.assetId);
    await engine.sweep(market.assetId);
    return { seen: [] };
  },
});

const orderRecord = ({ orderId }: { readonly orderId: string }) => ({ id: orderId, change: noAmounts });

const released =
  (held: Amounts) =>
  ({ orderId }: { readonly orderId: string }) => ({ id: orderId, change: negated(held) });

/** Cancels an order: one that waits, with all that it holds, or one that is over and can no longer be cancelled. */
export const cancel = ({ owner, orderId, held = noAmounts }: PlacedOrder): WriteOperation => ({
  effect: `cancel ${orderId}`,
  owner,
  isShared: true,
  find: ({ orders }) =>
    orders.filter((order) => order.orderId === orderId && order.status === 'CANCELLED').map(released(held)),
  refusals: ['ORDER_NOT_CANCELLABLE'],
  call: async ({ flow }) => {
    const { replayed } = await flow.cancelOrder({ orderId, owner });
    return { ...released(held)({ orderId }), replayed };
  },
});
