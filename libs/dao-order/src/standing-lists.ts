import { queryItems, queryPage, readItems, type ListQuery, type Page } from '@cnop/database-core';
import { asideShard, fallUpTo, orderSchema, riseUpTo, venueShard, type Order } from '@cnop/entities-order';
import { fromOrderItem, orderIdOfKey, orderKey } from '@cnop/entities-order/table';
import { sharedErrors } from '@cnop/exceptions';
import { pageSchema } from '@cnop/validation';
import * as z from 'zod';
import type { OrderContext } from './orders-table.ts';
import type { DueQuery, ExpiryQuery, TrailQuery } from './standing-queries.ts';

/** The open orders that a price may make due, in price-time order, as the index has them: one may have been changed since. */
export async function* dueOrders({ database, table }: OrderContext, query: DueQuery): AsyncGenerator<Order, void> {
  const { assetId, direction, priceMinor, shard } = query;
  const rising = direction === 'RISE';
  const [shardKey, sortKey] = rising ? ['riseShard', 'riseSort'] : ['fallShard', 'fallSort'];
  const entries = queryItems(database, {
    TableName: table.tableName,
    IndexName: rising ? 'byRise' : 'byFall',
    KeyConditionExpression: `${shardKey} = :shard AND ${sortKey} <= :upTo`,
    ExpressionAttributeValues: {
      ':shard': `${assetId}#${shard}`,
      ':upTo': rising ? riseUpTo(priceMinor) : fallUpTo(priceMinor),
    },
  });

  for await (const entry of entries) yield fromOrderItem(entry);
}

/** A trailing stop, as its index tells of it. */
export interface TrailEntry {
  readonly orderId: string;
  /** In milliseconds since 1970. */
  readonly activeAsOfMs: number;
  /** How far it follows: minor units of the price for an AMOUNT, basis points for BPS. */
  readonly offset: bigint;
  readonly unit: 'AMOUNT' | 'BPS';
}

const TIME_DIGITS = 13;

/** The open trailing stops of an asset by the time they began. */
export async function* trailEntries(
  { database, table }: OrderContext,
  query: TrailQuery,
): AsyncGenerator<TrailEntry, void> {
  const { assetId, kind, shard, fromMs = 0 } = query;
  const entries = queryItems(database, {
    TableName: table.tableName,
    IndexName: 'byTrail',
    KeyConditionExpression: 'trailShard = :shard AND trailSort >= :from',
    ExpressionAttributeValues: {
      ':shard': `${assetId}#${kind === 'HIGH' ? 'H' : 'L'}#${shard}`,
      ':from': fromMs.toString().padStart(TIME_DIGITS, '0'),
    },
  });

  for await (const { pk, trailSort } of entries) {
    const sort = String(trailSort);
    yield {
      orderId: orderIdOfKey(String(pk)) ?? '',
      activeAsOfMs: Number(sort.slice(0, TIME_DIGITS)),
      unit: sort[TIME_DIGITS] === 'A' ? 'AMOUNT' : 'BPS',
      offset: BigInt(sort.slice(TIME_DIGITS + 1)),
    };
  }
}

/** An order that expires, as its index tells of it. */
export interface ExpiryEntry {
  readonly orderId: string;
  readonly assetId: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

/** The open orders that expire in an hour, up to a time, in that order. */
export async function* expiryEntries(
  { database, table }: OrderContext,
  query: ExpiryQuery,
): AsyncGenerator<ExpiryEntry, void> {
  const { hour, shard, upTo } = query;
  const entries = queryItems(database, {
    TableName: table.tableName,
    IndexName: 'byExpiry',
    KeyConditionExpression: 'expiryShard = :shard AND expirySort <= :upTo',
    ExpressionAttributeValues: { ':shard': `${hour}#${shard}`, ':upTo': `${upTo}~` },
  });

  for await (const { pk, expirySort } of entries) {
    const [expiresAt = '', assetId = ''] = String(expirySort).split('#');
    yield { orderId: orderIdOfKey(String(pk)) ?? '', assetId, expiresAt };
  }
}

/** The orders of these ids, strongly consistent, in the order of the ids; those that do not exist are left out. */
export async function getOrdersByIds({ database, table }: OrderContext, orderIds: readonly string[]): Promise<Order[]> {
  const keys = [...new Set(orderIds)].map(orderKey);
  const items = await readItems(database, { tableName: table.tableName, keys });
  const orders = new Map(items.map(fromOrderItem).map((order) => [order.orderId, order]));

  return keys.flatMap(({ pk }) => orders.get(orderIdOfKey(pk) ?? '') ?? []);
}

const { shape } = orderSchema;

/** Accepts a query for the orders of an asset that were set aside. */
export const asideOrdersSchema = pageSchema.extend({ assetId: shape.assetId });

/** A query for the orders of an asset that were set aside, by the time of it. */
export type AsideOrders = z.input<typeof asideOrdersSchema>;

/** Accepts a query for an asset's orders at a venue. */
export const venueOrdersSchema = pageSchema.extend({ assetId: shape.assetId, list: z.enum(['open', 'end']) });

/** A query for an asset's orders at a venue: `open` what to route, `end` what the venue is asked to end; by time. */
export type VenueOrders = z.input<typeof venueOrdersSchema>;

/** The orders of an asset that were set aside. */
export const asideOrders = async (
  context: OrderContext,
  { assetId, ...page }: z.output<typeof asideOrdersSchema>,
): Promise<Page<Order>> => await queryPage(context.database, listQuery(context, asideShard(assetId), ''), page);

/** An asset's orders at a venue. */
export const venueOrders = async (
  context: OrderContext,
  { assetId, list, ...page }: z.output<typeof venueOrdersSchema>,
): Promise<Page<Order>> =>
  await queryPage(context.database, listQuery(context, venueShard(assetId), `${list.toUpperCase()}#`), page);

const positionSchema = z.tuple([z.iso.datetime(), shape.orderId]);

/** A list in a partition of its own of `byFall`. */
function listQuery({ table }: OrderContext, shard: string, prefix: string): ListQuery<Order> {
  return {
    request: {
      TableName: table.tableName,
      IndexName: 'byFall',
      KeyConditionExpression: `fallShard = :shard${prefix === '' ? '' : ' AND begins_with(fallSort, :prefix)'}`,
      ExpressionAttributeValues: { ':shard': shard, ...(prefix !== '' && { ':prefix': prefix }) },
    },
    binding: ['orders', 'byFall', shard, prefix],
    position: ({ pk, fallSort }) => [String(fallSort).slice(prefix.length), orderIdOfKey(String(pk)) ?? ''],
    startKey: (position) => {
      const { data } = positionSchema.safeParse(position);
      if (!data) throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });

      return { ...orderKey(data[1]), fallShard: shard, fallSort: `${prefix}${data[0]}` };
    },
    fromItem: fromOrderItem,
  };
}
