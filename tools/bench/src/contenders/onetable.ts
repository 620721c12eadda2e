import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from 'dynamodb-onetable';
import { Dynamo } from 'dynamodb-onetable/Dynamo';
import { choices, fieldsOf, type Contender } from './contender.ts';
import { createItems, numberAmounts, market, tables } from '../market.ts';

const { owner, assetId, currency, quantityScale, currencyScale } = market;
const { quantityMinor, notionalMinor } = numberAmounts;
const items = createItems(numberAmounts, -notionalMinor);

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const fields = fieldsOf(text, count, { type: String }, { type: Number });

const oneOf = <const TValues extends readonly string[]>(values: TValues) =>
  ({ type: String, required: true, enum: values }) as const;

const orderSchema = {
  ...fields.order,
  pk: { type: String, value: 'ORDER#${orderId}' },
  sk: { type: String, value: 'ORDER' },
  orderId: text,
  owner: text,
  orderType: oneOf(choices.orderType),
  status: oneOf(choices.status),
  fills: { type: Array, items: { type: Object, schema: fields.orderFill } },
} as const;

const entrySchema = {
  ...fields.entry,
  pk: { type: String, value: 'OWNER#${owner}' },
  sk: { type: String, value: 'TXN#${transactionId}' },
  owner: text,
  transactionId: text,
  transactionType: oneOf(choices.transactionType),
  status: oneOf(choices.status),
  postings: {
    type: Array,
    required: true,
    items: { type: Object, schema: { code: text, bucket: text, amountMinor: count, scale: count } },
  },
  fill: { type: Object, schema: { ...fields.entryFill, side: text } },
} as const;

const balanceSchema = {
  pk: { type: String, value: 'OWNER#${owner}' },
  sk: { type: String, value: 'BALANCE#${code}' },
  owner: text,
  code: text,
  ...fields.balance,
  status: { type: String, enum: ['ACTIVE', 'FROZEN'] },
} as const;

const indexes = { primary: { hash: 'pk', sort: 'sk' } } as const;
const format = { format: 'onetable:1.1.0', version: '0.0.1' } as const;

/** dynamodb-onetable, with every attribute declared and required where the item needs it. Amounts are numbers. */
export const openOnetable: Contender = (config) => {
  const client = new Dynamo({ client: new DynamoDBClient(config) });
  const plain = { client, partial: false, logger: false } as const;
  const orders = new Table({
    ...plain,
    name: tables.orders,
    schema: {
      ...format,
      indexes: { ...indexes, byOwner: { hash: 'owner', sort: 'createdAt', project: 'all' } },
      models: { Order: orderSchema },
    },
  });
  const ledger = new Table({
    ...plain,
    name: tables.ledger,
    schema: { ...format, indexes, models: { Entry: entrySchema, Balance: balanceSchema } },
  });
  const order = orders.getModel('Order');
  const entry = ledger.getModel('Entry');
  const balance = ledger.getModel('Balance');

  return {
    getOrder: ({ orderId }) => order.get({ orderId }, { consistent: true }),
    createOrder: (trade) => order.create({ orderId: trade.orderId, ...items.pendingOrder(trade) }),
    listOrders: () => order.find({ owner }, { index: 'byOwner', reverse: true, limit: 50 }),
    marketOrder: async (trade) => {
      const transaction = {};

      await order.create({ orderId: trade.orderId, ...items.completedOrder(trade) }, { transaction });
      await entry.create({ owner, transactionId: trade.transactionId, ...items.entry(trade) }, { transaction });
      await balance.update(
        { owner, code: currency },
        {
          transaction,
          exists: null,
          set: { updatedAt: trade.at },
          add: { availableMinor: -notionalMinor, version: 1 },
          where:
            '${scale} = @{scale} and ${availableMinor} >= @{amount} and (attribute_not_exists(${status}) or ${status} = {ACTIVE})',
          substitutions: { scale: currencyScale, amount: notionalMinor },
        },
      );
      await balance.update(
        { owner, code: assetId },
        {
          transaction,
          exists: null,
          set: {
            schemaVersion: 'if_not_exists(${schemaVersion}, {1})',
            scale: `if_not_exists(\${scale}, {${quantityScale}})`,
            createdAt: `if_not_exists(\${createdAt}, {"${trade.at}"})`,
            updatedAt: trade.at,
          },
          add: { availableMinor: quantityMinor, version: 1 },
          where: 'attribute_not_exists(${scale}) or ${scale} = @{scale}',
          substitutions: { scale: quantityScale },
        },
      );
      await ledger.transact('write', transaction);
    },
  };
};
