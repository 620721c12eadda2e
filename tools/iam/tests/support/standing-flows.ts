import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao, getTriggerStateDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import type { OrderCreate } from '@cnop/entities-order';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { createOrderEvents, followOrders } from '@cnop/order-service';
import { createSignals, readAssetIds, readPrices } from '@cnop/order-worker';
import { answerError, eventually, loseResponse, refusalOf } from '@cnop/testing';
import type { RecordedProcess } from './deployment.ts';

const terms = { GOLD: {}, ORE: { execution: 'VENUE' } } as const;
const entry = { orderType: 'LIMIT_BUY', assetId: 'GOLD', quantity: '2' } as const;

/** Sets a price at a later time than the one before, by up to 5 s ahead of our clock. */
async function tick(database: Database, assetId: string, price: string): Promise<void> {
  const assets = getAssetDao(database);
  const { priceAsOf } = await assets.getAsset(assetId);
  const ms = Math.max(database.clock.now().getTime(), Date.parse(priceAsOf ?? '1970-01-01T00:00:00.000Z') + 1);

  await assets.setPrice({ assetId, price, asOf: new Date(ms).toISOString(), source: 'feed' });
}

/** An asset at 10.00 USD that the platform executes, one that a venue does, and an owner with money and 20 of each. */
async function openMarket(database: Database, owner: string): Promise<void> {
  const balances = getBalanceDao(database);
  const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100_000n } as const;
  await balances.createTransaction(deposit);

  for (const [assetId, overrides] of Object.entries(terms)) {
    const known = await getAssetDao(database).findAsset(assetId);
    const { decimals: scale } =
      known ?? (await getAssetDao(database).createAsset(makeAssetCreate({ assetId, ...overrides })));
    const gift = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: assetId, scale, amount: '20' } as const;
    await balances.createTransaction(gift);
    await tick(database, assetId, '10.00');
  }
}

/** What the routes of standing orders do, for users, venues and administrators. */
export async function useStandingOrders({ database, elsewhere }: RecordedProcess): Promise<void> {
  const [flow, orders, owner] = [createOrderFlow({ database }), getOrderDao(database), 'dora'];
  const place = async (order: Record<string, unknown>) =>
    (await flow.placeOrder({ owner, order: { ...entry, ...order } as OrderCreate })).order;
  await openMarket(elsewhere, owner);

  await flow.previewOrder({ owner, order: { ...entry, limitPrice: '9.00' } });
  const limit = await place({ limitPrice: '9.00' });
  await flow.amendOrder({ orderId: limit.orderId, owner, amendment: { quantity: '3' } });
  await flow.amendOrder({ orderId: limit.orderId, owner, amendment: { quantity: '1' } });
  await place({ limitPrice: '11.00', timeInForce: 'IOC' });
  const trail = await place({ orderType: 'TRAILING_STOP_SELL', trailAmount: '1' });
  const stopLimit = await place({ orderType: 'STOP_LOSS_BUY', stopPrice: '12.00', limitPrice: '12.00' });
  const bracket = await place({ limitPrice: '9.50', exits: { takeProfitPrice: '12.00', stopPrice: '8.00' } });
  // A worker has come as far as a checkpoint.
  await createOrderEngine({ database: elsewhere, checkpointEveryTicks: 1 }).workTicks('GOLD');
  await flow.watermarkOf(trail);
  await tick(elsewhere, 'GOLD', '9.40');
  // Cancelled after the tick that fills it; one that nothing has filled; what the fill has placed.
  await refusalOf(flow.cancelOrder({ orderId: bracket.orderId, owner }));
  await flow.cancelOrder({ orderId: stopLimit.orderId, owner });
  await flow.getOrderEvents(bracket.orderId, { owner });

  const routed = await place({ assetId: 'ORE', limitPrice: '9.00' });
  await orders.getVenueOrders({ assetId: 'ORE', list: 'open' });
  await flow.executeOrder({ orderId: routed.orderId, venueFillId: 'f-1', quantity: '1', price: '9.00' });
  await flow.cancelOrder({ orderId: routed.orderId, owner });
  await flow.confirmEnd({ orderId: routed.orderId });

  await orders.getOrdersSetAside({ assetId: 'GOLD' });
  await flow.resumeOrder({ orderId: limit.orderId });
  await flow.cancelOrders({ owner, assetId: 'GOLD' });
  await place({ limitPrice: '8.00' });
  await getAssetDao(elsewhere).deactivateAsset('GOLD');
  await flow.closeOrders({ assetId: 'GOLD' });
  await getAssetDao(elsewhere).activateAsset('GOLD');
}

/** What tells users of their orders as they change: it follows the stream of orders. */
export async function tellOrderEvents({ database, http }: RecordedProcess): Promise<void> {
  const reader = followOrders({
    database,
    flow: { watermarkOf: () => Promise.resolve(undefined) },
    events: createOrderEvents({
      users: { isActive: () => Promise.resolve(true) },
      clock: database.clock,
      ids: database.ids,
    }),
  });

  await eventually('a shard is read', async () => {
    await reader.poll();
    return http.calls.some(({ target }) => target === 'GetRecords');
  });
  await reader.stop();
}

/** What a worker does: leases, ticks, trails, checkpoints, sweeps, expiries, an order that cannot be executed, signals. */
export async function workStandingOrders({ database, http, elsewhere }: RecordedProcess): Promise<void> {
  const owner = 'fay';
  const triggers = getTriggerStateDao(database);
  const engine = createOrderEngine({ database, checkpointEveryTicks: 1 });
  const flow = createOrderFlow({ database: elsewhere });
  const place = async (order: Record<string, unknown>) =>
    (await flow.placeOrder({ owner, order: { ...entry, ...order } as OrderCreate })).order.orderId;
  await openMarket(elsewhere, owner);
  const signals = createSignals({ database, owner: 'worker-1', onSignal: () => undefined, onGap: () => undefined });
  await eventually('a shard is read', async () => {
    await signals.poll();
    return http.calls.some(({ target }) => target === 'GetRecords');
  });
  await signals.stop();

  const assets = getAssetDao(database);
  await readPrices(assets, await readAssetIds(assets));
  await triggers.claimLease('GOLD', 'worker-1', { ttlMs: 10_000 });
  await engine.workTicks('GOLD');
  await place({ limitPrice: '9.00' });
  await place({ orderType: 'STOP_LOSS_BUY', stopPrice: '12.00', limitPrice: '12.05' });
  await place({ limitPrice: '9.50', exits: { takeProfitPrice: '12.00', stopPrice: '8.00' } });
  await place({ orderType: 'TRAILING_STOP_SELL', trailAmount: '1' });
  await place({ limitPrice: '7.00', expiresAt: new Date(elsewhere.clock.now().getTime() + 2_000).toISOString() });
  http.script('TransactWriteItems', loseResponse());
  for (const price of ['9.40', '8.90', '12.10']) {
    await tick(elsewhere, 'GOLD', price);
    await engine.workTicks('GOLD');
  }
  await engine.sweep('GOLD');
  await engine.reload('GOLD');
  await engine.sweepDay('GOLD');
  await engine.sweepExpiries({ everything: true });
  await engine.sweepExpiries();
  // Set aside after three failures that do not pass by themselves.
  await place({ limitPrice: '9.00' });
  await tick(elsewhere, 'GOLD', '8.90');
  const broken = answerError('ValidationException');
  http.script('TransactWriteItems', broken, broken, broken);
  for (let call = 1; call <= 3; call += 1) await engine.workTicks('GOLD');
}
