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

  it('of a refund: the mark, once, on an order that is over and has fills', async () => {
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
          ConditionExpression:
            '(#c_1 IN (:c_1, :c_2, :c_3, :c_4)) AND (attribute_exists(#c_2)) AND (attribute_not_exists(#c_3))',
          ExpressionAttributeNames: {
            '#c_1': 'status',
            '#c_2': 'fills',
            '#c_3': 'refundTransactionId',
            '#s_1': 'refundTransactionId',
            '#s_2': 'updatedAt',
            '#a_1': 'version',
            '#s_3': 'writeId',
          },
          ExpressionAttributeValues: {
            ':c_1': { S: 'COMPLETED' },
            ':c_2': { S: 'CANCELLED' },
            ':c_3': { S: 'FAILED' },
            ':c_4': { S: 'EXPIRED' },
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

  it('of a change of an open order: only what changes, on the version that was read', async () => {
    const from = makeOrder({
      orderType: 'LIMIT_SELL',
      status: 'QUEUED',
      limitPriceMinor: 15_100n,
      heldMinor: 10n,
      activeAsOf: '2026-01-05T09:29:59.000Z',
      expiresAt: '2026-01-06T09:30:00.000Z',
    });
    const at = '2026-01-05T09:31:00.000Z';
    const to = {
      ...from,
      status: 'CANCELLED' as const,
      heldMinor: 0n,
      releaseTransactionId: 'release-1',
      updatedAt: at,
      endedAt: at,
      version: 2,
    };

    const items = await sentItems((database) =>
      write(database, new OrderDao({ database }).openOrderGuard({ from, to, writeId: 'write-1' })),
    );

    expect(items).toEqual([
      {
        Update: {
          Key: { pk: { S: 'ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70' }, sk: { S: 'ORDER' } },
          TableName: 'orders',
          UpdateExpression:
            'SET #status = :status, #updatedAt = :updatedAt, #version = :version, #statusCreatedAt = :statusCreatedAt, ' +
            '#releaseTransactionId = :releaseTransactionId, #endedAt = :endedAt, #writeId = :writeId ' +
            'REMOVE #heldMinor, #riseShard, #riseSort, #expiryShard, #expirySort',
          ConditionExpression: '(#status IN (:queued, :processing)) AND (#version = :read)',
          ExpressionAttributeNames: Object.fromEntries(
            [
              ...['status', 'updatedAt', 'version', 'statusCreatedAt', 'releaseTransactionId', 'endedAt', 'writeId'],
              ...['heldMinor', 'riseShard', 'riseSort', 'expiryShard', 'expirySort'],
            ].map((name) => [`#${name}`, name]),
          ),
          ExpressionAttributeValues: {
            ':status': { S: 'CANCELLED' },
            ':updatedAt': { S: at },
            ':version': { N: '2' },
            ':statusCreatedAt': { S: 'CANCELLED#2026-01-05T09:30:00.000Z' },
            ':releaseTransactionId': { S: 'release-1' },
            ':endedAt': { S: at },
            ':writeId': { S: 'write-1' },
            ':queued': { S: 'QUEUED' },
            ':processing': { S: 'PROCESSING' },
            ':read': { N: '1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });
});
