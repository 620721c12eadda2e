import { randomUUID } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand as WireQueryCommand,
  TransactWriteItemsCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createItems, createTrades, ledgerKey, market, orderKey, tables, type Trade } from '../market.ts';
import type { Contender } from './contender.ts';

const { owner, assetId, currency, quantityMinor, notionalMinor, quantityScale, currencyScale } = market;
const items = createItems(market, -notionalMinor);
const allOld = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
const ifNew = { ConditionExpression: 'attribute_not_exists(pk)', ...allOld };

/** What both clients send, but for values that differ from trade to trade and the form of all values. */
const putOrder = { TableName: tables.orders, ...ifNew };
const putEntry = { TableName: tables.ledger, ...ifNew };
const query = {
  TableName: tables.orders,
  IndexName: 'byOwner',
  KeyConditionExpression: '#owner = :owner',
  ExpressionAttributeNames: { '#owner': 'owner' },
  ScanIndexForward: false,
  Limit: 50,
};
const debit = {
  TableName: tables.ledger,
  UpdateExpression: 'SET updatedAt = :at ADD availableMinor :delta, version :one',
  ConditionExpression:
    '#scale = :scale AND availableMinor >= :amount AND (attribute_not_exists(#status) OR #status = :active)',
  ExpressionAttributeNames: { '#scale': 'scale', '#status': 'status' },
  ...allOld,
};
const credit = {
  TableName: tables.ledger,
  UpdateExpression:
    'SET schemaVersion = if_not_exists(schemaVersion, :one), #scale = if_not_exists(#scale, :scale), ' +
    'createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :delta, version :one',
  ConditionExpression: 'attribute_not_exists(#scale) OR #scale = :scale',
  ExpressionAttributeNames: { '#scale': 'scale' },
  ...allOld,
};
const [cashKey, assetKey] = [ledgerKey(`BALANCE#${currency}`), ledgerKey(`BALANCE#${assetId}`)];
const debitValues = {
  ':delta': -notionalMinor,
  ':one': 1,
  ':scale': currencyScale,
  ':amount': notionalMinor,
  ':active': 'ACTIVE',
};
const creditValues = { ':delta': quantityMinor, ':one': 1, ':scale': quantityScale };

/** The requests written by hand, for the document client: nothing is checked. */
export const openLibDynamodb: Contender = (config) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(config));

  return {
    getOrder: async ({ orderId }) => {
      const request = { TableName: tables.orders, Key: orderKey(orderId), ConsistentRead: true };
      return (await client.send(new GetCommand(request))).Item;
    },
    createOrder: (trade) =>
      client.send(new PutCommand({ ...putOrder, Item: { ...orderKey(trade.orderId), ...items.pendingOrder(trade) } })),
    listOrders: async () =>
      (await client.send(new QueryCommand({ ...query, ExpressionAttributeValues: { ':owner': owner } }))).Items,
    marketOrder: (trade) =>
      client.send(
        new TransactWriteCommand({
          ClientRequestToken: randomUUID(),
          TransactItems: [
            { Put: { ...putOrder, Item: { ...orderKey(trade.orderId), ...items.completedOrder(trade) } } },
            { Put: { ...putEntry, Item: { ...ledgerKey(`TXN#${trade.transactionId}`), ...items.entry(trade) } } },
            { Update: { ...debit, Key: cashKey, ExpressionAttributeValues: { ...debitValues, ':at': trade.at } } },
            { Update: { ...credit, Key: assetKey, ExpressionAttributeValues: { ...creditValues, ':at': trade.at } } },
          ],
        }),
      ),
  };
};

type WireItem = Record<string, AttributeValue>;

/** What is the same in every trade, in the form of the wire: made once, so that no call of the plain client converts anything. */
const sample = createTrades()();
const wire = {
  pending: marshall({ ...orderKey(sample.orderId), ...items.pendingOrder(sample) }),
  completed: marshall({ ...orderKey(sample.orderId), ...items.completedOrder(sample) }),
  fill: marshall(items.fill(sample)),
  entry: marshall({ ...ledgerKey(`TXN#${sample.transactionId}`), ...items.entry(sample) }),
  sk: { S: 'ORDER' },
  cashKey: marshall(cashKey),
  assetKey: marshall(assetKey),
  debitValues: marshall(debitValues),
  creditValues: marshall(creditValues),
  ownerValues: { ':owner': { S: owner } },
};

/** An order with what differs from trade to trade. */
const order = (same: WireItem, status: string, trade: Trade): WireItem => ({
  ...same,
  pk: { S: `ORDER#${trade.orderId}` },
  clientOrderId: { S: trade.clientOrderId },
  createdAt: { S: trade.at },
  updatedAt: { S: trade.at },
  assetCreatedAt: { S: `${assetId}#${trade.at}` },
  statusCreatedAt: { S: `${status}#${trade.at}` },
  requestHash: { S: trade.requestHash },
  writeId: { S: trade.writeId },
});

const completed = (trade: Trade): WireItem => {
  const item = order(wire.completed, 'COMPLETED', trade);
  const M = { ...wire.fill, transactionId: { S: trade.transactionId }, executedAt: { S: trade.at } };

  item['fills'] = { L: [{ M }] };
  item['endedAt'] = { S: trade.at };
  return item;
};

const entry = ({ orderId, transactionId, writeId, at }: Trade): WireItem => ({
  ...wire.entry,
  sk: { S: `TXN#${transactionId}` },
  orderId: { S: orderId },
  createdAt: { S: at },
  updatedAt: { S: at },
  writeId: { S: writeId },
});

/** The requests written by hand, for the plain client: nothing is checked, nothing is computed. */
export const openBare: Contender = (config) => {
  const client = new DynamoDBClient(config);

  return {
    getOrder: async ({ orderId }) => {
      const Key = { pk: { S: `ORDER#${orderId}` }, sk: wire.sk };
      return (await client.send(new GetItemCommand({ TableName: tables.orders, Key, ConsistentRead: true }))).Item;
    },
    createOrder: (trade) =>
      client.send(new PutItemCommand({ ...putOrder, Item: order(wire.pending, 'PENDING', trade) })),
    listOrders: async () =>
      (await client.send(new WireQueryCommand({ ...query, ExpressionAttributeValues: wire.ownerValues }))).Items,
    marketOrder: (trade) => {
      const at = { S: trade.at };
      return client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: randomUUID(),
          TransactItems: [
            { Put: { ...putOrder, Item: completed(trade) } },
            { Put: { ...putEntry, Item: entry(trade) } },
            { Update: { ...debit, Key: wire.cashKey, ExpressionAttributeValues: { ...wire.debitValues, ':at': at } } },
            {
              Update: { ...credit, Key: wire.assetKey, ExpressionAttributeValues: { ...wire.creditValues, ':at': at } },
            },
          ],
        }),
      );
    },
  };
};
