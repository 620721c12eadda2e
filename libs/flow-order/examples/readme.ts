import { getBalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';

/** Alice has 500.00 USD, and AAPL is at 223.02 USD. */
export async function buyTwice(database: Database): Promise<void> {
  const flow = createOrderFlow({ database, maxPriceAgeMs: 60_000 });
  const order = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '2', clientOrderId: 'a-1' } as const;

  const first = await flow.placeOrder({ owner: 'alice', order });
  console.log(first.order.status, first.order.fills[0]?.notionalMinor); // COMPLETED 44604n
  const { replayed } = await flow.placeOrder({ owner: 'alice', order });
  console.log(replayed); // true: bought once

  const cash = await getBalanceDao(database).getBalance('alice', 'USD');
  console.log(cash.availableMinor); // 5396n
  await flow.refundOrder({ orderId: first.order.orderId });
}
