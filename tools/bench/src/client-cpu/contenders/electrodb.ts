import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import type { Contender } from '../contender.ts';
import { createItems, numberAmounts } from '../items.ts';
import { market, tables } from '../trade.ts';

const { owner, assetId, currency, quantityScale, currencyScale } = market;
const { quantityMinor, notionalMinor } = numberAmounts;
const items = createItems(numberAmounts, -notionalMinor);

const text = { type: 'string', required: true } as const;
const count = { type: 'number', required: true } as const;
const optionalText = { type: 'string' } as const;
const bucket = { type: ['available', 'held'], required: true } as const;

const order = new Entity({
  model: { entity: 'order', version: '1', service: 'bench' },
  attributes: {
    orderId: text,
    owner: text,
    clientOrderId: optionalText,
    orderType: { type: ['MARKET_BUY', 'MARKET_SELL', 'LIMIT_BUY', 'LIMIT_SELL'], required: true },
    status: { type: ['PENDING', 'COMPLETED', 'CANCELLED', 'FAILED'], required: true },
    assetId: text,
    currency: text,
    quantityMinor: count,
    quantityScale: count,
    priceScale: count,
    currencyScale: count,
    priceAsOf: optionalText,
    priceSource: optionalText,
    fills: {
      type: 'list',
      items: {
        type: 'map',
        properties: {
          transactionId: text,
          priceMinor: count,
          quantityMinor: count,
          notionalMinor: count,
          executedAt: text,
        },
      },
    },
    createdAt: text,
    updatedAt: text,
    version: count,
    assetCreatedAt: text,
    statusCreatedAt: text,
    requestHash: text,
    writeId: text,
    schemaVersion: count,
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['orderId'], template: 'ORDER#${orderId}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'ORDER', casing: 'none' },
    },
    byOwner: {
      index: 'byOwner',
      pk: { field: 'owner', composite: ['owner'], casing: 'none' },
      sk: { field: 'createdAt', composite: ['createdAt'], casing: 'none' },
    },
  },
});

const entry = new Entity({
  model: { entity: 'entry', version: '1', service: 'bench' },
  attributes: {
    owner: text,
    transactionId: text,
    schemaVersion: count,
    transactionType: { type: ['DEPOSIT', 'WITHDRAW', 'ORDER_PAYMENT', 'ORDER_REFUND'], required: true },
    status: { type: ['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED'], required: true },
    postings: {
      type: 'list',
      required: true,
      items: { type: 'map', properties: { code: text, bucket, amountMinor: count, scale: count } },
    },
    orderId: optionalText,
    fill: {
      type: 'map',
      properties: {
        priceMinor: count,
        priceScale: count,
        quantityMinor: count,
        quantityScale: count,
        side: { type: ['BUY', 'SELL'], required: true },
      },
    },
    createdAt: text,
    updatedAt: text,
    writeId: text,
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['owner'], template: 'OWNER#${owner}', casing: 'none' },
      sk: { field: 'sk', composite: ['transactionId'], template: 'TXN#${transactionId}', casing: 'none' },
    },
  },
});

const balance = new Entity({
  model: { entity: 'balance', version: '1', service: 'bench' },
  attributes: {
    owner: text,
    code: text,
    schemaVersion: { type: 'number' },
    scale: { type: 'number' },
    availableMinor: { type: 'number' },
    status: { type: ['ACTIVE', 'FROZEN'] },
    version: { type: 'number' },
    createdAt: optionalText,
    updatedAt: optionalText,
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['owner'], template: 'OWNER#${owner}', casing: 'none' },
      sk: { field: 'sk', composite: ['code'], template: 'BALANCE#${code}', casing: 'none' },
    },
  },
});

/** ElectroDB, with every attribute declared and required where the item needs it. Amounts are numbers: it knows no bigint. */
export const openElectrodb: Contender = (config) => {
  const client = new DynamoDBClient(config);
  order.setClient(client);
  order.setTableName(tables.orders);
  for (const entity of [entry, balance]) {
    entity.setClient(client);
    entity.setTableName(tables.ledger);
  }
  const service = new Service({ order, entry, balance }, { client });

  return {
    getOrder: async ({ orderId }) => (await order.get({ orderId }).go({ consistent: true })).data,
    createOrder: (trade) => order.create({ orderId: trade.orderId, ...items.pendingOrder(trade) }).go(),
    listOrders: async () => (await order.query.byOwner({ owner }).go({ order: 'desc', limit: 50 })).data,
    marketOrder: (trade) =>
      service.transaction
        .write((entities) => [
          entities.order
            .create({ orderId: trade.orderId, ...items.completedOrder(trade) })
            .commit({ response: 'all_old' }),
          entities.entry
            .create({ owner, transactionId: trade.transactionId, ...items.entry(trade) })
            .commit({ response: 'all_old' }),
          entities.balance
            .update({ owner, code: currency })
            .set({ updatedAt: trade.at })
            .add({ availableMinor: -notionalMinor, version: 1 })
            .where(
              ({ scale, availableMinor, status }, { eq, gte, notExists }) =>
                `${eq(scale, currencyScale)} AND ${gte(availableMinor, notionalMinor)} AND ` +
                `(${notExists(status)} OR ${eq(status, 'ACTIVE')})`,
            )
            .commit({ response: 'all_old' }),
          entities.balance
            .update({ owner, code: assetId })
            .data(
              ({ schemaVersion, scale, createdAt, updatedAt, availableMinor, version }, { set, add, ifNotExists }) => {
                ifNotExists(schemaVersion, 1);
                ifNotExists(scale, quantityScale);
                ifNotExists(createdAt, trade.at);
                set(updatedAt, trade.at);
                add(availableMinor, quantityMinor);
                add(version, 1);
              },
            )
            .where(({ scale }, { eq, notExists }) => `${notExists(scale)} OR ${eq(scale, quantityScale)}`)
            .commit({ response: 'all_old' }),
        ])
        .go(),
  };
};
