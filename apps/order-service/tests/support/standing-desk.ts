import { executeWrite } from '@cnop/database-core';
import { AssetDao, type NewAsset } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { OrderDao } from '@cnop/dao-order';
import type { OrderResponse } from '@cnop/entities-order';
import { createOrderEngine } from '@cnop/flow-order/engine';
import type { Role } from '@cnop/entities-user';
import { createManualClock, type ManualClock } from '@cnop/utils';
import { useOrderApp, type Answer, type OrderApp, type OrderAppOptions, type Sent } from './order-app.ts';

/** The order service with prices that the test sets, and the engine as its worker. */
export interface StandingDesk extends OrderApp {
  readonly clock: ManualClock;
  readonly orders: OrderDao;
  readonly assets: AssetDao;
  /** Lists an asset at 25.00 USD. */
  list(terms?: Partial<NewAsset>): Promise<string>;
  /** Registers a user with 100.00 USD and ten of an asset. */
  owner(assetId: string): Promise<string>;
  place(username: string, order: object): Promise<OrderResponse>;
  /** Sets a price one second later, and works it off; gives its time. */
  tick(assetId: string, price: string): Promise<string>;
  /** Sets a price one second later, which no worker has seen. */
  price(assetId: string, price: string): Promise<string>;
  /** What sends requests in a role, such as `GET /v1/orders`. */
  as(role: Role, username: string): <TBody = unknown>(request: string, body?: object) => Promise<Answer<TBody>>;
  /** Sets an order aside, as a worker does whose executions of it keep failing. */
  setAside(orderId: string): Promise<void>;
}

export function useStandingDesk(options: Pick<OrderAppOptions, 'events'> = {}): StandingDesk {
  const clock = createManualClock('2026-03-02T14:30:00.000Z');
  const app = useOrderApp({ clock, ...options });
  const { database, send, trader } = app;
  const [assets, orders, balances] = [
    new AssetDao({ database }),
    new OrderDao({ database }),
    new BalanceDao({ database }),
  ];
  const engine = createOrderEngine({ database, maxPriceAgeMs: 3_600_000 });
  const second = () => {
    clock.advance(1_000);
    return clock.now().toISOString();
  };
  const price = async (assetId: string, text: string) => {
    const asOf = second();
    await assets.setPrice({ assetId, price: text, asOf, source: 'test' });
    second();
    return asOf;
  };
  const as: StandingDesk['as'] = (role, username) => (request, body) => {
    const [method, url] = request.split(' ') as [Sent['method'] & string, string];
    return send(url, { username, claims: { role }, method, ...(body && { body }) });
  };
  let listed = 0;

  return {
    ...app,
    clock,
    orders,
    assets,
    price,
    as,
    list: async (terms = {}) => {
      listed += 1;
      const assetId = `ASSET${listed}`;
      const stock = { name: 'Stock', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 } as const;
      await assets.createAsset({ assetId, ...stock, ...terms });
      await price(assetId, '25.00');
      return assetId;
    },
    owner: async (code) => {
      const owner = await trader();
      const transactionType = 'SYSTEM_ADJUSTMENT';
      await balances.createTransaction({ owner, transactionType, code, scale: 3, amount: '10' });
      return owner;
    },
    place: async (username, order) => {
      const { status, body } = await as('customer', username)<OrderResponse>('POST /v1/orders', order);
      expect([status, body]).toEqual([201, body]);
      second();
      return body;
    },
    tick: async (assetId, text) => {
      const asOf = await price(assetId, text);
      await engine.workTicks(assetId);
      return asOf;
    },
    setAside: async (orderId) => {
      const from = await orders.getOrder(orderId);
      const at = clock.now().toISOString();
      const to = { ...from, version: from.version + 1, updatedAt: at, setAsideAt: at, setAsideCode: 'DATABASE_ERROR' };
      const writeId = database.ids.ulid();
      const guard = orders.openOrderGuard({ from, to, writeId });
      await executeWrite(database, { operation: 'setAside', reference: { orderId }, guard });
    },
  };
}
