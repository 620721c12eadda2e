import { DynamoDB } from '@aws-sdk/client-dynamodb';
import dynamoose from 'dynamoose';
import { choices, fieldsOf, type Contender } from './contender.ts';
import { createItems, numberAmounts, orderKey, ledgerKey, market, tables } from '../market.ts';

const { owner, assetId, currency, quantityScale, currencyScale } = market;
const { quantityMinor, notionalMinor } = numberAmounts;
const items = createItems(numberAmounts, -notionalMinor);

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const fields = fieldsOf(text, count, { type: String }, { type: Number });
const key = { pk: { type: String, hashKey: true }, sk: { type: String, rangeKey: true } } as const;
const map = <TSchema>(schema: TSchema) => ({ type: Object, schema });

const oneOf = (values: readonly string[]) => ({ ...text, enum: [...values] });

const orderSchema = new dynamoose.Schema({
  ...key,
  ...fields.order,
  owner: { ...text, index: { type: 'global', name: 'byOwner', rangeKey: 'createdAt' } },
  orderType: oneOf(choices.orderType),
  status: oneOf(choices.status),
  fills: { type: Array, schema: [map(fields.orderFill)] },
});

const entrySchema = new dynamoose.Schema({
  ...key,
  ...fields.entry,
  transactionType: oneOf(choices.transactionType),
  status: oneOf(choices.status),
  postings: {
    type: Array,
    required: true,
    schema: [map({ code: text, bucket: text, amountMinor: count, scale: count })],
  },
  fill: map({ ...fields.entryFill, side: text }),
});

const balanceSchema = new dynamoose.Schema({
  ...key,
  ...fields.balance,
  status: { type: String, enum: ['ACTIVE', 'FROZEN'] },
});

/**
 * Dynamoose, with every attribute declared and required where the item needs it. Amounts are numbers.
 *
 * Its updates have no `if_not_exists`: the credit sets what the others set only once.
 */
export const openDynamoose: Contender = (config) => {
  dynamoose.aws.ddb.set(new DynamoDB(config));
  const existing = { create: false, waitForActive: false } as const;
  const order = dynamoose.model('Order', orderSchema);
  const entry = dynamoose.model('Entry', entrySchema);
  const balance = dynamoose.model('Balance', balanceSchema);
  new dynamoose.Table(tables.orders, [order], existing);
  new dynamoose.Table(tables.ledger, [entry, balance], existing);

  return {
    getOrder: ({ orderId }) => order.get(orderKey(orderId), { return: 'item', consistent: true }),
    createOrder: (trade) => order.create({ ...orderKey(trade.orderId), ...items.pendingOrder(trade) }),
    listOrders: () => order.query('owner').eq(owner).using('byOwner').sort('descending').limit(50).exec(),
    marketOrder: async (trade) => {
      await dynamoose.transaction([
        order.transaction.create({ ...orderKey(trade.orderId), ...items.completedOrder(trade) }),
        entry.transaction.create({ ...ledgerKey(`TXN#${trade.transactionId}`), ...items.entry(trade) }),
        balance.transaction.update(
          ledgerKey(`BALANCE#${currency}`),
          { $SET: { updatedAt: trade.at }, $ADD: { availableMinor: -notionalMinor, version: 1 } },
          {
            condition: new dynamoose.Condition()
              .where('scale')
              .eq(currencyScale)
              .and()
              .where('availableMinor')
              .ge(notionalMinor)
              .and()
              .parenthesis((either) => either.where('status').not().exists().or().where('status').eq('ACTIVE')),
          },
        ),
        balance.transaction.update(
          ledgerKey(`BALANCE#${assetId}`),
          {
            $SET: { schemaVersion: 1, scale: quantityScale, createdAt: trade.at, updatedAt: trade.at },
            $ADD: { availableMinor: quantityMinor, version: 1 },
          },
          {
            condition: new dynamoose.Condition().where('scale').not().exists().or().where('scale').eq(quantityScale),
          },
        ),
      ]);
    },
  };
};
