import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { getOrderDao } from '@cnop/dao-order';
import { createDatabase } from '@cnop/database-core';
import type { PriceSource } from '@cnop/entities-inventory';
import { createOrderFlow } from '@cnop/flow-order';
import type { Contender } from './contender.ts';
import { market, tables } from '../market.ts';

/** The libraries of this workspace, through their public calls: every id, hash and check of theirs is in the figure. */
export const openCnop: Contender = ({ region, endpoint, credentials, requestHandler }: DynamoDBClientConfig) => {
  const database = createDatabase({
    region: String(region),
    ...(typeof endpoint === 'string' && { endpoint }),
    credentials,
    requestHandler,
    tables,
  });
  const orders = getOrderDao(database);
  const flow = createOrderFlow({ database, priceSource: warmPrice });
  const { owner, assetId, currency, quantityMinor, quantityScale, priceScale, currencyScale } = market;

  return {
    getOrder: ({ orderId }) => orders.getOrder(orderId),
    createOrder: async ({ clientOrderId }) => {
      const draft = { owner, assetId, currency, quantityMinor, quantityScale, priceScale, currencyScale };
      await orders.createOrder({ ...draft, orderType: 'MARKET_BUY', clientOrderId });
    },
    listOrders: async () => (await orders.getOrdersByUser({ owner, limit: 50 })).items,
    marketOrder: ({ clientOrderId }) =>
      flow.placeOrder({
        owner,
        order: { orderType: 'MARKET_BUY', assetId, quantity: market.quantity, clientOrderId },
      }),
  };
};

/** A price that is in memory already, as of this moment. */
export const warmPrice: PriceSource = {
  getQuote: () =>
    Promise.resolve({
      asset: {
        assetId: market.assetId,
        currency: market.currency,
        decimals: market.quantityScale,
        priceScale: market.priceScale,
        status: 'ACTIVE',
        minQuantityMinor: 1n,
        minNotionalMinor: 1n,
      },
      priceMinor: market.priceMinor,
      priceAsOf: new Date().toISOString(),
      priceSource: market.priceSource,
    }),
};
