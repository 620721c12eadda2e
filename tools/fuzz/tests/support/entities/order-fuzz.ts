import { OrderDao } from '@cnop/dao-order';
import { toOrderListResponse, toOrderResponse } from '@cnop/entities-order';
import { fromOrderItem, orderGuardOf, toOrderItem } from '@cnop/entities-order/table';
import { makeFill, makeOrder, makeOrderCreate, makeOrderDraft } from '@cnop/entities-order/testing';
import type { EntityFuzz } from '../entity-fuzz.ts';
import { exampleValues } from '../example-values.ts';

const { at, metadata, orderId, page, stamp, username: owner } = exampleValues;
const order = makeOrder({ clientOrderId: 'a-1', fills: [makeFill()], note: 'by phone', metadata });

const preview = {
  orderType: 'MARKET_BUY',
  assetId: 'AAPL',
  currency: 'USD',
  quantity: '2',
  price: '185.25',
  priceAsOf: at,
  priceSource: 'feed',
  notional: '370.50',
  fee: '0.00',
  debit: { code: 'USD', amount: '370.50' },
  credit: { code: 'AAPL', amount: '2' },
  available: '400.00',
  frozen: false,
  covered: true,
};

const item = toOrderItem(
  makeOrder({
    clientOrderId: 'a-1',
    limitPriceMinor: 1n,
    maxPriceMinor: 2n,
    minPriceMinor: 3n,
    priceAsOf: at,
    priceSource: 'feed',
    fills: [makeFill()],
    heldMinor: 4n,
    holdTransactionId: 't-1',
    releaseTransactionId: 't-2',
    refundTransactionId: 't-3',
    failureCode: 'PRICE_STALE',
    note: 'by phone',
    metadata: { desk: 'north' },
  }),
  stamp,
);

/** What is fuzzed of orders. */
export const orderFuzz: EntityFuzz = {
  library: 'entities-order',
  examples: {
    orderCreateSchema: [
      { ...makeOrderCreate(), clientOrderId: 'a-1' },
      { orderType: 'MARKET_SELL', assetId: 'AAPL', quantity: '2', minPrice: '9.99' },
      { orderType: 'LIMIT_BUY', assetId: 'AAPL', quantity: '2.5', limitPrice: '10' },
    ],
    orderDraftSchema: [makeOrderDraft({ note: 'by phone', metadata, clientOrderId: 'a-1' })],
    orderFillSchema: [makeFill()],
    orderListResponseSchema: [toOrderListResponse({ items: [order], nextCursor: 'AAAA' })],
    orderPreviewResponseSchema: [preview],
    orderResponseSchema: [toOrderResponse(order)],
    orderStatusSchema: ['QUEUED'],
    orderTypeSchema: ['TRAILING_STOP_SELL'],
    orderUpdateSchema: [{ note: 'by phone', metadata }],
    orderSchema: [order],
  },
  readers: [
    { name: 'fromOrderItem', read: fromOrderItem, item },
    { name: 'orderGuardOf', read: orderGuardOf, item },
  ],
  dao: {
    name: 'OrderDao',
    open: (database) => new OrderDao({ database }),
    calls: {
      createOrder: [makeOrderDraft({ clientOrderId: 'a-1', note: 'x', metadata: { desk: 'north' } })],
      findOrder: [orderId, { owner }],
      getOrder: [orderId, { owner }],
      updateOrder: [{ orderId, expectedVersion: 1, changes: { note: 'x', metadata: { desk: 'north' } } }],
      updateOrderStatus: [{ orderId, status: 'CANCELLED' }],
      getOrders: [{ owner, assetId: 'AAPL', status: 'COMPLETED', ...page }],
      getOrdersByUser: [{ owner, ...page }],
      getOrdersByUserAndAsset: [{ owner, assetId: 'AAPL', ...page }],
      getOrdersByUserAndStatus: [{ owner, status: 'COMPLETED', ...page }],
    },
  },
};
