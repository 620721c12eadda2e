import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { choices, fieldsOf, type Contender } from './contender.ts';
import { createItems, numberAmounts, market, tables } from '../market.ts';

const { owner, assetId, currency, quantityScale, currencyScale } = market;
const { quantityMinor, notionalMinor } = numberAmounts;
const items = createItems(numberAmounts, -notionalMinor);

const text = { type: 'string', required: true } as const;
const count = { type: 'number', required: true } as const;
const fields = fieldsOf(text, count, { type: 'string' }, { type: 'number' });
const key = { pk: { field: 'pk', casing: 'none' }, sk: { field: 'sk', casing: 'none' } } as const;
const ofOwner = { ...key.pk, composite: ['owner'], template: 'OWNER#${owner}' } as const;
const model = { version: '1', service: 'bench' } as const;

const order = new Entity({
  model: { ...model, entity: 'order' },
  attributes: {
    ...fields.order,
    orderId: text,
    owner: text,
    orderType: { type: choices.orderType, required: true },
    status: { type: choices.status, required: true },
    fills: { type: 'list', items: { type: 'map', properties: fields.orderFill } },
  },
  indexes: {
    primary: {
      pk: { ...key.pk, composite: ['orderId'], template: 'ORDER#${orderId}' },
      sk: { ...key.sk, composite: [], template: 'ORDER' },
    },
    byOwner: {
      index: 'byOwner',
      pk: { field: 'owner', composite: ['owner'], casing: 'none' },
      sk: { field: 'createdAt', composite: ['createdAt'], casing: 'none' },
    },
  },
});

const entry = new Entity({
  model: { ...model, entity: 'entry' },
  attributes: {
    ...fields.entry,
    owner: text,
    transactionId: text,
    transactionType: { type: choices.transactionType, required: true },
    status: { type: choices.status, required: true },
    postings: {
      type: 'list',
      required: true,
      items: {
        type: 'map',
        properties: { code: text, bucket: { type: choices.bucket, required: true }, amountMinor: count, scale: count },
      },
    },
    fill: { type: 'map', properties: { ...fields.entryFill, side: { type: choices.side, required: true } } },
  },
  indexes: {
    primary: { pk: ofOwner, sk: { ...key.sk, composite: ['transactionId'], template: 'TXN#${transactionId}' } },
  },
});

const balance = new Entity({
  model: { ...model, entity: 'balance' },
  attributes: {
    owner: text,
    code: text,
    ...fields.balance,
    status: { type: choices.balanceStatus },
  },
  indexes: { primary: { pk: ofOwner, sk: { ...key.sk, composite: ['code'], template: 'BALANCE#${code}' } } },
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
