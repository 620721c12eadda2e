import {
  executeWrite,
  queryPage,
  type Database,
  type Page,
  type WriteAction,
  type WriteGuard,
} from '@cnop/database-core';
import {
  orderDraftSchema,
  orderErrors,
  orderIdFor,
  orderRequestHash,
  type Order,
  type OrderDraft,
} from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import { orderIdSchema, ownerSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import {
  orderChangeSchema,
  orderStatusChangeSchema,
  updateOrder,
  updateOrderStatus,
  type OrderChange,
  type OrderResult,
  type OrderStatusChange,
} from './order-changes.ts';
import {
  placeOrderGuard,
  putOrderAction,
  refundOrderGuard,
  type PlaceOrderStamp,
  type RefundOrderStamp,
} from './order-guards.ts';
import {
  orderListQuery,
  orderListSchema,
  userAssetOrdersQuery,
  userAssetOrdersSchema,
  userOrdersQuery,
  userOrdersSchema,
  userStatusOrdersQuery,
  userStatusOrdersSchema,
  type OrderList,
  type UserAssetOrders,
  type UserOrders,
  type UserStatusOrders,
} from './order-lists.ts';
import { openOrderAction, openOrderGuard, type OpenOrderChange } from './open-order-guard.ts';
import {
  asideOrders,
  asideOrdersSchema,
  dueOrders,
  expiryEntries,
  getOrdersByIds,
  trailEntries,
  venueOrders,
  venueOrdersSchema,
  type AsideOrders,
  type ExpiryEntry,
  type TrailEntry,
  type VenueOrders,
} from './standing-lists.ts';
import {
  dueQuerySchema,
  expiryQuerySchema,
  trailQuerySchema,
  type DueQuery,
  type ExpiryQuery,
  type TrailQuery,
} from './standing-queries.ts';
import { findOrder, openOrdersTable, type OrderContext } from './orders-table.ts';

/** Accepts whose order it must be. */
export const orderOwnerSchema = z.strictObject({ owner: ownerSchema.optional() });

/** Whose order it must be; another user's is as good as absent. Without a name, anybody's. */
export type OrderOwner = z.input<typeof orderOwnerSchema>;

/** What an {@link OrderDao} works with. */
export interface OrderDaoOptions {
  readonly database: Database;
}

/**
 * Orders and their life cycle. Nothing here moves money or assets: a flow does, with the guards below.
 *
 * A single order is read strongly consistently; lists come from indexes, which follow within moments.
 */
export class OrderDao {
  readonly #context: OrderContext;

  constructor({ database }: OrderDaoOptions) {
    this.#context = { database, table: openOrdersTable(database) };
  }

  /**
   * Stores a new order as PENDING. With a `clientOrderId` a repeat of the same request returns the order as it is now and
   * `replayed: true`, permanently. Costs 1 write unit per KB, and 1 for each of the three indexes.
   *
   * @throws IdempotencyKeyReusedError, ValidationError; OutcomeUnknownError, after which the same client order id may be tried again.
   */
  async createOrder(draft: OrderDraft): Promise<OrderResult> {
    const parsed = parseInput(orderDraftSchema, draft);
    const { database } = this.#context;
    const { owner, clientOrderId } = parsed;
    const clientNamed = clientOrderId !== undefined;
    const at = database.clock.now().toISOString();
    const order: Order = {
      ...parsed,
      orderId: clientNamed ? orderIdFor(owner, clientOrderId) : database.ids.uuid(),
      status: 'PENDING',
      fills: [],
      heldMinor: 0n,
      createdAt: at,
      updatedAt: at,
      version: 1,
    };
    const requestHash = orderRequestHash(owner, parsed, 'createOrder');
    const stamp = { requestHash, writeId: database.ids.ulid(), clientNamed };

    const { item, replayed } = await executeWrite(database, {
      operation: 'createOrder',
      reference: { orderId: order.orderId },
      guard: this.placeOrderGuard(order, stamp),
    });
    // Under an id that nobody else has, what was there before is this call's own.
    return { order: item ? fromOrderItem(item) : order, replayed: replayed && clientNamed };
  }

  /**
   * The order of that id, if there is one. Costs 1 read unit.
   *
   * @throws ValidationError.
   */
  async findOrder(orderId: string, of: OrderOwner = {}): Promise<Order | undefined> {
    const { owner } = parseInput(orderOwnerSchema, of);
    const order = await findOrder(this.#context, parseInput(orderIdSchema, orderId));

    return owner === undefined || order?.owner === owner ? order : undefined;
  }

  /**
   * The order of that id. Costs 1 read unit.
   *
   * @throws OrderNotFoundError, also for another user's order than the one asked for; ValidationError.
   */
  async getOrder(orderId: string, of: OrderOwner = {}): Promise<Order> {
    const order = await this.findOrder(orderId, of);
    if (!order) throw new orderErrors.OrderNotFoundError({ orderId });

    return order;
  }

  /**
   * Changes an order's note or metadata, in any status, if it still has the version that was read: null removes, `metadata` is
   * replaced whole. Costs 1 write unit per KB, and 1 for each of the three indexes.
   *
   * @throws OrderNotFoundError, VersionConflictError, ValidationError, OutcomeUnknownError.
   */
  async updateOrder(change: OrderChange): Promise<Order> {
    return await updateOrder(this.#context, parseInput(orderChangeSchema, change));
  }

  /**
   * Moves an order that holds nothing (PENDING or CONFIRMED) to CONFIRMED, CANCELLED, FAILED or EXPIRED, if the table of transitions
   * allows it. The status it has already is a replay. Costs 1 read unit, 1 write unit per KB, and 1 for each of the three indexes, 2
   * for that by status.
   *
   * @throws OrderNotFoundError; OrderNotCancellableError when the order to cancel is over; IllegalOrderTransitionError for every
   *   other step, those that only a flow may take among them; ValidationError, OutcomeUnknownError.
   */
  async updateOrderStatus(change: OrderStatusChange): Promise<OrderResult> {
    return await updateOrderStatus(this.#context, parseInput(orderStatusChangeSchema, change));
  }

  /**
   * A user's orders, newest first: all of them, of one asset, in one status, or both. Costs half a read unit per 4 KB. A page by both
   * reads up to 10 pages of the store to fill itself and may then be short, with a cursor.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getOrders(list: OrderList): Promise<Page<Order>> {
    const query = parseInput(orderListSchema, list);

    return await queryPage(this.#context.database, orderListQuery(this.#context.table.tableName, query), query);
  }

  /**
   * A user's orders, newest first. Costs half a read unit per 4 KB.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getOrdersByUser(list: UserOrders): Promise<Page<Order>> {
    const query = parseInput(userOrdersSchema, list);

    return await queryPage(this.#context.database, userOrdersQuery(this.#context.table.tableName, query), query);
  }

  /**
   * A user's orders of one asset, newest first. Costs half a read unit per 4 KB.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getOrdersByUserAndAsset(list: UserAssetOrders): Promise<Page<Order>> {
    const query = parseInput(userAssetOrdersSchema, list);

    return await queryPage(this.#context.database, userAssetOrdersQuery(this.#context.table.tableName, query), query);
  }

  /**
   * A user's orders in one status, newest first. Costs half a read unit per 4 KB.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getOrdersByUserAndStatus(list: UserStatusOrders): Promise<Page<Order>> {
    const query = parseInput(userStatusOrdersSchema, list);

    return await queryPage(this.#context.database, userStatusOrdersQuery(this.#context.table.tableName, query), query);
  }

  /**
   * The put of a new order, as the guard of the transaction that places it. The same request again is a replay; another one under
   * the same client order id is refused. Its fence is the same order, FAILED, which moves nothing. 2 write units per KB.
   */
  placeOrderGuard(order: Order, stamp: PlaceOrderStamp): WriteGuard {
    return placeOrderGuard(this.#context, order, stamp);
  }

  /**
   * The mark that an order is refunded, once, as the guard of the transaction that refunds it. An order that has one is a replay;
   * one that is not over, or has no fills, is not refundable. 2 write units per KB.
   */
  refundOrderGuard(order: Order, stamp: RefundOrderStamp): WriteGuard {
    return refundOrderGuard(this.#context, order, stamp);
  }

  /**
   * The update of an open order, as the guard of the write that moves what it holds; its condition is the version that was read. Where
   * another write came first, `executeWrite` tells of a replay with the order as it stands: judge that anew. 2 write units per KB, 1
   * as a write of its own; index units for each key that comes or goes.
   */
  openOrderGuard(change: OpenOrderChange): WriteGuard {
    return openOrderGuard(this.#context, change);
  }

  /**
   * The same update as one action beside another guard. Where another write came first, `executeWrite` refuses with ContentionError: read
   * the order and derive the write anew. 2 write units per KB.
   */
  openOrderAction(change: OpenOrderChange): WriteAction {
    return openOrderAction(this.#context, change);
  }

  /** The put of a new order as one action beside another guard, under an id that this guard alone may use. 2 write units per KB. */
  putOrderAction(order: Order, stamp: Omit<PlaceOrderStamp, 'clientNamed'>): WriteAction {
    return putOrderAction(this.#context, order, stamp);
  }

  /**
   * The open orders of an asset that a price may make due, in price-time order, page after page as they are taken. Costs half a read unit
   * per 4 KB of what is due, whatever else is open. From an index: an order may be missing, or be shown as it was, for a moment.
   *
   * @throws ValidationError, at once.
   */
  dueOrders(query: DueQuery): AsyncIterable<Order> {
    return dueOrders(this.#context, parseInput(dueQuerySchema, query));
  }

  /**
   * The open trailing stops of an asset, by when they began: some 25 to half a read unit. From an index, see {@link dueOrders}.
   *
   * @throws ValidationError, at once.
   */
  trailEntries(query: TrailQuery): AsyncIterable<TrailEntry> {
    return trailEntries(this.#context, parseInput(trailQuerySchema, query));
  }

  /**
   * The open orders that expire in an hour, up to a time. From an index, see {@link dueOrders}.
   *
   * @throws ValidationError, at once.
   */
  expiryEntries(query: ExpiryQuery): AsyncIterable<ExpiryEntry> {
    return expiryEntries(this.#context, parseInput(expiryQuerySchema, query));
  }

  /**
   * The orders of these ids, strongly consistent; those that do not exist are left out. Costs 1 read unit each, 100 to a request.
   *
   * @throws ValidationError.
   */
  async getOrdersByIds(orderIds: readonly string[]): Promise<Order[]> {
    return await getOrdersByIds(this.#context, parseInput(z.array(orderIdSchema), orderIds));
  }

  /**
   * The orders of an asset that were set aside because their execution failed repeatedly, oldest first. Costs half a read unit per 4 KB.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getOrdersSetAside(list: AsideOrders): Promise<Page<Order>> {
    return await asideOrders(this.#context, parseInput(asideOrdersSchema, list));
  }

  /**
   * An asset's orders at a venue: `open` those to route, by their placing or last amendment, `end` those that the venue is asked to end.
   * Costs half a read unit per 4 KB.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getVenueOrders(list: VenueOrders): Promise<Page<Order>> {
    return await venueOrders(this.#context, parseInput(venueOrdersSchema, list));
  }
}

/** The OrderDao over a database, for injection. */
export const getOrderDao = (database: Database): OrderDao => new OrderDao({ database });
