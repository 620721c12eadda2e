import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Contender } from '../contender.ts';
import { createItems, orderKey, ledgerKey } from '../items.ts';
import { market, tables, type Trade } from '../trade.ts';

/** The requests written by hand, for the document client: nothing is checked. */
export const openLibDynamodb: Contender = (config) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(config));

  return {
    getOrder: async ({ orderId }) => {
      const request = { TableName: tables.orders, Key: orderKey(orderId), ConsistentRead: true };
      return (await client.send(new GetCommand(request))).Item;
    },
    createOrder: async (trade) => {
      await client.send(
        new PutCommand({
          TableName: tables.orders,
          Item: { ...orderKey(trade.orderId), ...items.pendingOrder(trade) },
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
          ExpressionAttributeValues: { ':owner': owner },
          ScanIndexForward: false,
          Limit: 50,
        }),
      );
      return Items;
    },
    marketOrder: async (trade) => {
      await client.send(
        new TransactWriteCommand({
          ClientRequestToken: randomUUID(),
          TransactItems: [putOrder(trade), putEntry(trade), debitCash(trade), creditAsset(trade)],
        }),
      );
    },
  };
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const { owner, assetId, currency, quantityMinor, notionalMinor, quantityScale, currencyScale } = market;
const items = createItems(market, -notionalMinor);

const putOrder = (trade: Trade): TransactItem => ({
  Put: {
    TableName: tables.orders,
    Item: { ...orderKey(trade.orderId), ...items.completedOrder(trade) },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const putEntry = (trade: Trade): TransactItem => ({
  Put: {
    TableName: tables.ledger,
    Item: { ...ledgerKey(`TXN#${trade.transactionId}`), ...items.entry(trade) },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const debitCash = ({ at }: Trade): TransactItem => ({
  Update: {
    TableName: tables.ledger,
    Key: ledgerKey(`BALANCE#${currency}`),
    UpdateExpression: 'SET updatedAt = :at ADD availableMinor :delta, version :one',
    ConditionExpression:
      '#scale = :scale AND availableMinor >= :amount AND (attribute_not_exists(#status) OR #status = :active)',
    ExpressionAttributeNames: { '#scale': 'scale', '#status': 'status' },
    ExpressionAttributeValues: {
      ':at': at,
      ':delta': -notionalMinor,
      ':one': 1,
      ':scale': currencyScale,
      ':amount': notionalMinor,
      ':active': 'ACTIVE',
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const creditAsset = ({ at }: Trade): TransactItem => ({
  Update: {
    TableName: tables.ledger,
    Key: ledgerKey(`BALANCE#${assetId}`),
    UpdateExpression:
      'SET schemaVersion = if_not_exists(schemaVersion, :one), #scale = if_not_exists(#scale, :scale), ' +
      'createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :delta, version :one',
    ConditionExpression: 'attribute_not_exists(#scale) OR #scale = :scale',
    ExpressionAttributeNames: { '#scale': 'scale' },
    ExpressionAttributeValues: { ':at': at, ':delta': quantityMinor, ':one': 1, ':scale': quantityScale },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
