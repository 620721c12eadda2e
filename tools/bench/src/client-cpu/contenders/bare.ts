import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Contender } from '../contender.ts';
import { market, tables, type Trade } from '../trade.ts';

/** The requests written by hand, for the plain client: nothing is checked, nothing is computed. */
export const openBare: Contender = (config) => {
  const client = new DynamoDBClient(config);

  return {
    getOrder: async ({ orderId }) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tables.orders,
          Key: { pk: { S: `ORDER#${orderId}` }, sk: { S: 'ORDER' } },
          ConsistentRead: true,
        }),
      );
      return Item;
    },
    createOrder: async (trade) => {
      await client.send(
        new PutItemCommand({
          TableName: tables.orders,
          Item: newOrder(trade, 'PENDING'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    },
    listOrders: async () => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tables.orders,
          IndexName: 'byOwner',
          KeyConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': { S: market.owner } },
          ScanIndexForward: false,
          Limit: 50,
        }),
      );
      return Items;
    },
    marketOrder: async (trade) => {
      await client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: randomUUID(),
          TransactItems: [putOrder(trade), putEntry(trade), debitCash(trade), creditAsset(trade)],
        }),
      );
    },
  };
};

const { owner, assetId, currency } = market;
const partition = { S: `OWNER#${owner}` };
const quantityMinor = { N: String(market.quantityMinor) };
const priceMinor = { N: String(market.priceMinor) };
const notionalMinor = { N: String(market.notionalMinor) };
const number = (value: number) => ({ N: String(value) });

function newOrder(trade: Trade, status: string): Record<string, AttributeValue> {
  const { orderId, clientOrderId, requestHash, writeId, at } = trade;

  return {
    pk: { S: `ORDER#${orderId}` },
    sk: { S: 'ORDER' },
    owner: { S: owner },
    clientOrderId: { S: clientOrderId },
    orderType: { S: 'MARKET_BUY' },
    status: { S: status },
    assetId: { S: assetId },
    currency: { S: currency },
    quantityMinor,
    quantityScale: number(market.quantityScale),
    priceScale: number(market.priceScale),
    currencyScale: number(market.currencyScale),
    createdAt: { S: at },
    updatedAt: { S: at },
    version: { N: '1' },
    assetCreatedAt: { S: `${assetId}#${at}` },
    statusCreatedAt: { S: `${status}#${at}` },
    requestHash: { S: requestHash },
    writeId: { S: writeId },
    schemaVersion: { N: '1' },
  };
}

const putOrder = (trade: Trade) => ({
  Put: {
    TableName: tables.orders,
    Item: {
      ...newOrder(trade, 'COMPLETED'),
      priceAsOf: { S: market.priceAsOf },
      priceSource: { S: market.priceSource },
      fills: {
        L: [
          {
            M: {
              transactionId: { S: trade.transactionId },
              priceMinor,
              quantityMinor,
              notionalMinor,
              executedAt: { S: trade.at },
            },
          },
        ],
      },
    },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});

const posting = (code: string, amount: AttributeValue, scale: number) => ({
  M: { code: { S: code }, bucket: { S: 'available' }, amountMinor: amount, scale: number(scale) },
});

const putEntry = ({ orderId, transactionId, writeId, at }: Trade) => ({
  Put: {
    TableName: tables.ledger,
    Item: {
      pk: partition,
      sk: { S: `TXN#${transactionId}` },
      schemaVersion: { N: '1' },
      transactionType: { S: 'ORDER_PAYMENT' },
      status: { S: 'COMPLETED' },
      postings: {
        L: [
          posting(currency, { N: String(-market.notionalMinor) }, market.currencyScale),
          posting(assetId, quantityMinor, market.quantityScale),
        ],
      },
      orderId: { S: orderId },
      fill: {
        M: {
          priceMinor,
          priceScale: number(market.priceScale),
          quantityMinor,
          quantityScale: number(market.quantityScale),
          side: { S: 'BUY' },
        },
      },
      createdAt: { S: at },
      updatedAt: { S: at },
      writeId: { S: writeId },
    },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});

const debitCash = ({ at }: Trade) => ({
  Update: {
    TableName: tables.ledger,
    Key: { pk: partition, sk: { S: `BALANCE#${currency}` } },
    UpdateExpression: 'SET updatedAt = :at ADD availableMinor :delta, version :one',
    ConditionExpression:
      '#scale = :scale AND availableMinor >= :amount AND (attribute_not_exists(#status) OR #status = :active)',
    ExpressionAttributeNames: { '#scale': 'scale', '#status': 'status' },
    ExpressionAttributeValues: {
      ':at': { S: at },
      ':delta': { N: String(-market.notionalMinor) },
      ':one': { N: '1' },
      ':scale': number(market.currencyScale),
      ':amount': notionalMinor,
      ':active': { S: 'ACTIVE' },
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});

const creditAsset = ({ at }: Trade) => ({
  Update: {
    TableName: tables.ledger,
    Key: { pk: partition, sk: { S: `BALANCE#${assetId}` } },
    UpdateExpression:
      'SET schemaVersion = if_not_exists(schemaVersion, :one), #scale = if_not_exists(#scale, :scale), ' +
      'createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :delta, version :one',
    ConditionExpression: 'attribute_not_exists(#scale) OR #scale = :scale',
    ExpressionAttributeNames: { '#scale': 'scale' },
    ExpressionAttributeValues: {
      ':at': { S: at },
      ':delta': quantityMinor,
      ':one': { N: '1' },
      ':scale': number(market.quantityScale),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});
