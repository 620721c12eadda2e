import { executeWrite } from '@cnop/database-core';
import { orderIdFor, orderRequestHash, type Order, type OrderDraft } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { OrderContext } from './orders-table.ts';
import { placeOrderGuard } from './place-order-guard.ts';

/** An order, and whether it had been written before, by an earlier call. */
export interface OrderResult {
  readonly order: Order;
  readonly replayed: boolean;
}

/** Puts a PENDING order, once; see `OrderDao.createOrder`. */
export async function createOrder(context: OrderContext, draft: OrderDraft): Promise<OrderResult> {
  const { ids, clock } = context.database;
  const { owner, clientOrderId } = draft;
  const clientNamed = clientOrderId !== undefined;
  const at = clock.now().toISOString();
  const order: Order = {
    ...draft,
    orderId: clientNamed ? orderIdFor(owner, clientOrderId) : ids.uuid(),
    status: 'PENDING',
    fills: [],
    heldMinor: 0n,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };

  const { item, replayed } = await executeWrite(context.database, {
    operation: 'createOrder',
    reference: { orderId: order.orderId },
    guard: placeOrderGuard(context, order, {
      requestHash: orderRequestHash(owner, draft),
      writeId: ids.ulid(),
      clientNamed,
    }),
  });
  // Under an id that nobody else has, what was there before is this call's own.
  return { order: item ? fromOrderItem(item) : order, replayed: replayed && clientNamed };
}
