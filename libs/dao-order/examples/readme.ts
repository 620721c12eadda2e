import { getOrderDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import type { OrderDraft } from '@cnop/entities-order';

const scales = { quantityScale: 0, priceScale: 2, currencyScale: 2 };
const draft: OrderDraft = {
  owner: 'alice',
  clientOrderId: 'a-1',
  orderType: 'LIMIT_BUY',
  assetId: 'AAPL',
  currency: 'USD',
  quantityMinor: 10n,
  limitPriceMinor: 14_000n,
  ...scales,
};

export async function storeAndCancel(database: Database): Promise<void> {
  const orderDao = getOrderDao(database);

  const { order } = await orderDao.createOrder(draft);
  console.log(order.status); // PENDING
  console.log((await orderDao.createOrder(draft)).replayed); // true: the same request again

  await orderDao.updateOrderStatus({ orderId: order.orderId, status: 'CANCELLED' });
  const { items } = await orderDao.getOrdersByUserAndStatus({ owner: 'alice', status: 'CANCELLED', limit: 20 });
  console.log(items.length); // 1
}
