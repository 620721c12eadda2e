import {
  toOrderListResponse,
  toOrderResponse,
  type Order,
  type OrderListResponse,
  type OrderPage,
  type OrderResponse,
} from '@cnop/entities-order';
import type { OrderFlow, OrderResult } from '@cnop/flow-order';
import { markReplayed } from '@cnop/middleware';
import type { FastifyReply } from 'fastify';

type Watermarks = Pick<OrderFlow, 'watermarkOf'>;

/** The response that shows an order; an open trail has the watermark and the stop of now. */
export const shownOrder = async (flow: Watermarks, order: Order): Promise<OrderResponse> =>
  toOrderResponse(order, await flow.watermarkOf(order));

/** The response that shows a page of orders; open trails have the watermark and the stop of now. */
export async function shownPage(flow: Watermarks, page: OrderPage): Promise<OrderListResponse> {
  const marks = await Promise.all(
    page.items.map(async (order) => [order.orderId, await flow.watermarkOf(order)] as const),
  );
  const known = marks.flatMap(([orderId, mark]) => (mark ? [[orderId, mark] as const] : []));

  return toOrderListResponse(page, new Map(known));
}

/** The response to a change of an order, which says whether an earlier request had made it. */
export async function sendOrder(
  flow: Watermarks,
  reply: FastifyReply,
  { order, replayed }: OrderResult,
): Promise<OrderResponse> {
  markReplayed(reply, replayed);
  return await shownOrder(flow, order);
}
