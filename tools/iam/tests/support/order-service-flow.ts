import { getOrderDao } from '@cnop/dao-order';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { createOrderFlow } from '@cnop/flow-order';
import { loseRequest, refusalOf } from '@cnop/testing';
import { checkHealth } from './market.ts';
import type { RecordedProcess } from './recorded-process.ts';

/** What a test needs of the orders that others have left. */
export interface OrdersBefore {
  readonly username: string;
  /** One that is still to be cancelled. */
  readonly pendingOrderId: string;
}

/** What the service of orders does, route by route. AAPL is listed at 10.00, the user has 1000.00. */
export async function useOrderService(process: RecordedProcess, before: OrdersBefore): Promise<void> {
  const { database } = process;
  const { username, pendingOrderId } = before;
  await checkHealth(database, ['users', 'ledger', 'orders', 'inventory']);
  const access = createAccessCheck({ reader: getAccessReader(database) });
  await access.isActive({ username, role: 'customer', sessionEpoch: 0 });

  const orderId = await trade(process, username);
  const orders = getOrderDao(database);
  await orders.getOrder(orderId, { owner: username });
  await orders.getOrders({ owner: username });
  await orders.getOrders({ owner: username, assetId: 'AAPL' });
  await orders.getOrders({ owner: username, status: 'COMPLETED' });
  await orders.getOrders({ owner: username, assetId: 'AAPL', status: 'COMPLETED' });

  const flow = createOrderFlow({ database });
  await flow.cancelOrder({ orderId: pendingOrderId, owner: username });
  await flow.refundOrder({ orderId, actor: 'root' });
}

async function trade({ database, http }: RecordedProcess, username: string): Promise<string> {
  const flow = createOrderFlow({ database });
  const order = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '2', clientOrderId: 'a-1' } as const;
  await flow.previewOrder({ owner: username, order });
  const { order: bought } = await flow.placeOrder({ owner: username, order });
  await flow.placeOrder({ owner: username, order });
  await flow.placeOrder({ owner: username, order: { orderType: 'MARKET_SELL', assetId: 'AAPL', quantity: '1' } });
  await flow.placeOrder({ owner: username, order: { ...order, quantity: '1', clientOrderId: 'a-2' } });

  await refusalOf(flow.placeOrder({ owner: username, order: { ...order, quantity: '1000', clientOrderId: 'a-3' } }));
  // Refused after an attempt that may yet land: with a fence.
  http.script('TransactWriteItems', loseRequest());
  await refusalOf(flow.placeOrder({ owner: username, order: { ...order, quantity: '1000', clientOrderId: 'a-4' } }));
  return bought.orderId;
}
