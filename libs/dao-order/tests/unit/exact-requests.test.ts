import { executeWrite, type Database, type WriteGuard } from '@cnop/database-core';
import { makeOrder } from '@cnop/entities-order/testing';
import { OrderDao } from '@cnop/dao-order';
import { sentItems } from '../support/sent-items.ts';

const write = (database: Database, guard: WriteGuard) => executeWrite(database, { operation: 'test', guard });
const order = makeOrder({
  clientOrderId: 'a-1',
  maxPriceMinor: 16_000n,
  priceAsOf: '2026-01-05T09:29:59.000Z',
  priceSource: 'feed',
  note: 'first',
  metadata: { desk: 'north' },
});

describe('what an order write sends', () => {
  it('of a placed order: the put that finds none, with everything by which it is listed and recognized', async () => {
    const stamp = { requestHash: 'hash', writeId: 'write-1', clientNamed: true };

    const items = await sentItems((database) =>
      write(database, new OrderDao({ database }).placeOrderGuard(order, stamp)),
    );

    expect(items).toEqual([
      {
        Put: {
          Item: {
            pk: { S: 'ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70' },
            sk: { S: 'ORDER' },
            owner: { S: 'alice' },
            clientOrderId: { S: 'a-1' },
            orderType: { S: 'MARKET_BUY' },
            status: { S: 'COMPLETED' },
            assetId: { S: 'AAPL' },
            currency: { S: 'USD' },
            quantityMinor: { N: '10' },
            quantityScale: { N: '0' },
            priceScale: { N: '2' },
            currencyScale: { N: '2' },
            maxPriceMinor: { N: '16000' },
            priceAsOf: { S: '2026-01-05T09:29:59.000Z' },
            priceSource: { S: 'feed' },
            fills: {
              L: [
                {
                  M: {
                    transactionId: { S: '01KE6X5Z3V7Q2M9T4B8N1C0DFG' },
                    priceMinor: { N: '15025' },
                    quantityMinor: { N: '10' },
                    notionalMinor: { N: '150250' },
                    executedAt: { S: '2026-01-05T09:30:00.000Z' },
                  },
                },
              ],
            },
            note: { S: 'first' },
            metadata: { M: { desk: { S: 'north' } } },
            createdAt: { S: '2026-01-05T09:30:00.000Z' },
            updatedAt: { S: '2026-01-05T09:30:00.000Z' },
            version: { N: '1' },
            assetCreatedAt: { S: 'AAPL#2026-01-05T09:30:00.000Z' },
            statusCreatedAt: { S: 'COMPLETED#2026-01-05T09:30:00.000Z' },
            requestHash: { S: 'hash' },
            writeId: { S: 'write-1' },
            schemaVersion: { N: '1' },
          },
          TableName: 'orders',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('of a refund: the mark, once, on an order that is completed', async () => {
    const stamp = { refundTransactionId: 'refund-1', writeId: 'write-1', at: '2026-01-05T09:30:00.000Z' };

    const items = await sentItems((database) =>
      write(database, new OrderDao({ database }).refundOrderGuard(order, stamp)),
    );

    expect(items).toEqual([
      {
        Update: {
          Key: { pk: { S: 'ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70' }, sk: { S: 'ORDER' } },
          UpdateExpression: 'SET #s_1 = :s_1, #s_2 = :s_2, #s_3 = :s_3 ADD #a_1 :a_1',
          TableName: 'orders',
          ConditionExpression: '(#c_1 = :c_1) AND (attribute_not_exists(#c_2))',
          ExpressionAttributeNames: {
            '#c_1': 'status',
            '#c_2': 'refundTransactionId',
            '#s_1': 'refundTransactionId',
            '#s_2': 'updatedAt',
            '#a_1': 'version',
            '#s_3': 'writeId',
          },
          ExpressionAttributeValues: {
            ':c_1': { S: 'COMPLETED' },
            ':s_1': { S: 'refund-1' },
            ':s_2': { S: '2026-01-05T09:30:00.000Z' },
            ':a_1': { N: '1' },
            ':s_3': { S: 'write-1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });
});
