import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { balanceItemSchema, transactionItemSchema } from '@cnop/entities-ledger/table';
import { orderItemSchema } from '@cnop/entities-order/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { execute } from 'dynamodb-toolbox/entity/actions/transactWrite';
import { $add, $get } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { Table } from 'dynamodb-toolbox/table';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { Contender } from './contender.ts';
import { createItems, orderKey, ledgerKey, market, tables } from '../market.ts';

/** dynamodb-toolbox with the item schemas of this workspace, requests built anew for each call. */
export const openToolbox: Contender = (config) => {
  const documentClient = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  const keys = {
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  } as const;
  const ledger = new Table({ documentClient, name: tables.ledger, ...keys });
  const orders = new Table({
    documentClient,
    name: tables.orders,
    ...keys,
    indexes: {
      byOwner: {
        type: 'global',
        partitionKey: { name: 'owner', type: 'string' },
        sortKey: { name: 'createdAt', type: 'string' },
      },
    },
  });
  const plain = { entityAttribute: false, timestamps: false } as const;
  const order = new Entity({ ...plain, table: orders, name: 'Order', schema: orderItemSchema });
  const entry = new Entity({ ...plain, table: ledger, name: 'Entry', schema: transactionItemSchema });
  const balance = new Entity({ ...plain, table: ledger, name: 'Balance', schema: balanceItemSchema });
  const items = createItems(market, -market.notionalMinor);
  const absent = { condition: { attr: 'pk', exists: false } } as const;

  return {
    getOrder: async ({ orderId }) => {
      const get = order.build(GetItemCommand).key(orderKey(orderId)).options({ consistent: true });
      return (await get.send()).Item;
    },
    createOrder: (trade) =>
      order
        .build(PutItemCommand)
        .item({ ...orderKey(trade.orderId), ...items.pendingOrder(trade) })
        .options({ ...absent, returnValuesOnConditionFalse: 'ALL_OLD' })
        .send(),
    listOrders: async () => {
      const query = orders
        .build(QueryCommand)
        .query({ index: 'byOwner', partition: market.owner })
        .entities(order)
        .options({ reverse: true, limit: 50, entityAttrFilter: false });
      return (await query.send()).Items;
    },
    marketOrder: (trade) =>
      execute(
        order
          .build(PutTransaction)
          .item({ ...orderKey(trade.orderId), ...items.completedOrder(trade) })
          .options(absent),
        entry
          .build(PutTransaction)
          .item({ ...ledgerKey(`TXN#${trade.transactionId}`), ...items.entry(trade) })
          .options(absent),
        balance
          .build(UpdateTransaction)
          .item({
            ...ledgerKey(`BALANCE#${market.currency}`),
            updatedAt: trade.at,
            availableMinor: $add(-market.notionalMinor),
            version: $add(1),
          })
          .options({
            condition: {
              and: [
                { attr: 'scale', eq: market.currencyScale },
                { attr: 'availableMinor', gte: market.notionalMinor },
                {
                  or: [
                    { attr: 'status', exists: false },
                    { attr: 'status', eq: 'ACTIVE' },
                  ],
                },
              ],
            },
          }),
        balance
          .build(UpdateTransaction)
          .item({
            ...ledgerKey(`BALANCE#${market.assetId}`),
            schemaVersion: $get('schemaVersion', 1),
            scale: $get('scale', market.quantityScale),
            createdAt: $get('createdAt', trade.at),
            updatedAt: trade.at,
            availableMinor: $add(market.quantityMinor),
            version: $add(1),
          })
          .options({
            condition: {
              or: [
                { attr: 'scale', exists: false },
                { attr: 'scale', eq: market.quantityScale },
              ],
            },
          }),
      ),
  };
};
