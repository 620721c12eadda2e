import type { ListQuery } from '@cnop/database-core';
import { orderSchema, type Order } from '@cnop/entities-order';
import { type ordersTableShape } from '@cnop/entities-order/shape';
import { assetCreatedAt, fromOrderItem, orderIdOfKey, orderKey, statusCreatedAt } from '@cnop/entities-order/table';
import { sharedErrors } from '@cnop/exceptions';
import { pageSchema } from '@cnop/validation';
import * as z from 'zod';

const { shape } = orderSchema;

/** Accepts a query for a user's orders. */
export const userOrdersSchema = pageSchema.extend({ owner: shape.owner });

/** A query for a user's orders. */
export type UserOrders = z.input<typeof userOrdersSchema>;

/** Accepts a query for a user's orders of one asset. */
export const userAssetOrdersSchema = userOrdersSchema.extend({ assetId: shape.assetId });

/** A query for a user's orders of one asset. */
export type UserAssetOrders = z.input<typeof userAssetOrdersSchema>;

/** Accepts a query for a user's orders in one status. */
export const userStatusOrdersSchema = userOrdersSchema.extend({ status: shape.status });

/** A query for a user's orders in one status. */
export type UserStatusOrders = z.input<typeof userStatusOrdersSchema>;

/** Accepts a query for a user's orders, of one asset, in one status, or both. */
export const orderListSchema = userOrdersSchema.extend({
  assetId: shape.assetId.optional(),
  status: shape.status.optional(),
});

/** A query for a user's orders, of one asset, in one status, or both. */
export type OrderList = z.input<typeof orderListSchema>;

/** A part of an index: what its sort keys begin with, before the time. */
interface IndexRange {
  readonly indexName: (typeof ordersTableShape)['indexes'][number]['name'];
  readonly sortKey: (typeof ordersTableShape)['indexes'][number]['sortKey']['name'];
  readonly prefix: string;
}

/** The request and cursors of all orders of a user, newest first. */
export const userOrdersQuery = (tableName: string, list: z.output<typeof userOrdersSchema>): ListQuery<Order> =>
  ordersQuery(tableName, list.owner, { indexName: 'byOwner', sortKey: 'createdAt', prefix: '' });

/** The request and cursors of a user's orders of one asset, newest first. */
export const userAssetOrdersQuery = (
  tableName: string,
  list: z.output<typeof userAssetOrdersSchema>,
): ListQuery<Order> =>
  ordersQuery(tableName, list.owner, {
    indexName: 'byOwnerAsset',
    sortKey: 'assetCreatedAt',
    prefix: assetCreatedAt(list.assetId, ''),
  });

/** The request and cursors of a user's orders in one status, newest first. */
export const userStatusOrdersQuery = (
  tableName: string,
  list: z.output<typeof userStatusOrdersSchema>,
): ListQuery<Order> =>
  ordersQuery(tableName, list.owner, {
    indexName: 'byOwnerStatus',
    sortKey: 'statusCreatedAt',
    prefix: statusCreatedAt(list.status, ''),
  });

/** The request and cursors of a list by any of these. With both, the asset selects and the status filters. */
export function orderListQuery(tableName: string, list: z.output<typeof orderListSchema>): ListQuery<Order> {
  const { assetId, status, ...page } = list;
  if (assetId === undefined) {
    return status === undefined
      ? userOrdersQuery(tableName, page)
      : userStatusOrdersQuery(tableName, { ...page, status });
  }
  const query = userAssetOrdersQuery(tableName, { ...page, assetId });
  if (status === undefined) return query;

  return { ...query, binding: [...query.binding, status], keep: (order) => order.status === status };
}

/** The prefix ends in `#`, which neither an asset id nor a status contains: `A` is no part of the list of `AA`. */
function ordersQuery(tableName: string, owner: string, { indexName, sortKey, prefix }: IndexRange): ListQuery<Order> {
  return {
    request: {
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: `#owner = :owner${prefix === '' ? '' : ` AND begins_with(${sortKey}, :prefix)`}`,
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': owner, ...(prefix !== '' && { ':prefix': prefix }) },
      ScanIndexForward: false,
    },
    binding: ['orders', indexName, owner, prefix],
    // From the index key and not from createdAt, which the key of a last evaluated item may lack.
    position: (item) => [String(item[sortKey]).slice(prefix.length), orderIdOfKey(String(item['pk'])) ?? ''],
    startKey: (position) => {
      const [time, id] = readPosition(position);
      return { ...orderKey(id), owner, [sortKey]: `${prefix}${time}` };
    },
    fromItem: fromOrderItem,
  };
}

const positionSchema = z.tuple([shape.createdAt, shape.orderId]);

/** Exactly what a list of orders gives out: an existing time and an order id, both in normal form. */
function readPosition(position: readonly string[]): z.output<typeof positionSchema> {
  const { data } = positionSchema.safeParse(position);
  if (!data?.every((part, index) => part === position[index]))
    throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });

  return data;
}
