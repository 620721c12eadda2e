import { queryItems, type Database } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { WorldNames } from '../world-names.ts';
import { allItems } from './all-items.ts';
import { factLine } from './fact-line.ts';
import type { Fact } from './fact.ts';

/** An order as a fact, with what it was executed for. */
export function orderFact(order: Order): Fact {
  const { orderId, orderType, status, quantityMinor, assetId, fills, refundTransactionId, note, version } = order;
  const paid = fills.map(({ notionalMinor }) => `for ${notionalMinor}`);
  const refunded = refundTransactionId === undefined ? undefined : 'refunded';
  const line = factLine('order', orderType, status, quantityMinor, assetId, ...paid, refunded, note, `v${version}`);

  return { id: orderId, line, isFence: status === 'FAILED' };
}

/** The orders of a world's user. */
export async function readOrders(database: Database, { username: owner }: WorldNames): Promise<Fact[]> {
  const items = queryItems(database, {
    TableName: database.tableName(ordersTableShape.name),
    IndexName: 'byOwner',
    KeyConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': owner },
  });

  return (await allItems(items)).map((item) => orderFact(fromOrderItem(item)));
}
