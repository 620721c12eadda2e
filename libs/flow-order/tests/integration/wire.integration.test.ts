import { AssetDao } from '@cnop/dao-inventory';
import { meterRequests, readItem, type ItemKey, type RawItem } from '@cnop/database-core';
import { writeUnitsOf } from '@cnop/database-core/infrastructure';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { refusalOf } from '@cnop/testing';
import { createOrderFlow } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { clock, database } = market;
/** With the prices that are stored on the assets, as in production. */
const flow = createOrderFlow({ database });
const assets = new AssetDao({ database });

const now = () => clock.now().toISOString();
const buy = (owner: string, rest: object = {}) =>
  ({ owner, order: { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '1', ...rest } }) as const;

beforeAll(async () => {
  await assets.createAsset(makeAssetCreate());
  await assets.setPrice({ assetId: 'AAPL', price: '10.00', asOf: now(), source: 'test-feed' });
});

/** Runs a call with its requests metered, and gives what each of its writes made of which item. */
async function metered(call: () => Promise<unknown>) {
  const meter = meterRequests(database);
  await call();
  meter.stop();

  const changes = await Promise.all(
    meter.requests
      .flatMap(({ writes }) => writes)
      .map(async ({ tableName, item, key }) => {
        const { pk, sk } = (item ?? key) as ItemKey;
        const after = await readItem(database, { tableName, key: { pk: pk, sk: sk } });
        return { tableName, after };
      }),
  );

  return { requests: meter.requests.map(({ target, items }) => ({ target, items })), changes };
}

/** What the writes cost in a transaction, the items as they are now; none of them was larger before. */
const costOf = (changes: readonly { readonly tableName: string; readonly after: RawItem | undefined }[]) =>
  writeUnitsOf(
    changes.map(({ tableName, after }) => ({
      shape: tableName === database.tableName('orders') ? ordersTableShape : ledgerTableShape,
      ...(after && { after }),
    })),
  );

describe('a market order on the wire', () => {
  it('is one TransactWriteItems of four items, and no read while the price is cached', async () => {
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner));

    const { requests, changes } = await metered(() => flow.placeOrder(buy(owner)));

    expect(requests).toEqual([{ target: 'TransactWriteItems', items: 4 }]);
    expect(changes.map(({ after }) => String(after?.['sk']).split('#')[0])).toEqual([
      'ORDER',
      'TXN',
      'BALANCE',
      'BALANCE',
    ]);
  });

  it('costs 8 write units, and 3 of the indexes', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { changes } = await metered(async () => {
      await flow.placeOrder(buy(owner));
    });

    expect(costOf(changes)).toEqual({ items: 4, tableUnits: 8, indexUnits: 3 });
  });

  it('costs the same with a client order id, a cap, and the longest of every name', async () => {
    market.owners.push('a'.repeat(30));
    await market.users.createUser({
      username: 'a'.repeat(30),
      email: 'a@example.com',
      password: 'correct horse battery staple',
      firstName: 'A',
      lastName: 'A',
    });
    await market.deposit('a'.repeat(30), 10n ** 23n);
    const assetId = 'A'.repeat(20);
    await assets.createAsset(makeAssetCreate({ assetId, decimals: 18, priceScale: 18 }));
    await assets.setPrice({ assetId, price: '12345.123456789012345678', asOf: now(), source: 's'.repeat(64) });
    await refusalOf(flow.placeOrder(buy('nobody-yet', { assetId })));
    const limits = { quantity: '98765.123456789012345678', maxPrice: '99999.123456789012345678' };

    const { requests, changes } = await metered(() =>
      flow.placeOrder(buy('a'.repeat(30), { assetId, clientOrderId: '~'.repeat(64), ...limits })),
    );

    expect(requests).toEqual([{ target: 'TransactWriteItems', items: 4 }]);
    expect(costOf(changes)).toEqual({ items: 4, tableUnits: 8, indexUnits: 3 });
  });

  it('reads the price when it is not cached, and the guard only to refuse', async () => {
    const owner = await market.trader({ usd: 10_000n });
    clock.advance(1_001);

    const cold = await metered(() => flow.placeOrder(buy(owner)));
    const refused = await metered(() =>
      refusalOf(flow.placeOrder(buy(owner, { quantity: '99999', clientOrderId: 'a-1' }))),
    );
    const plainly = await metered(() => refusalOf(flow.placeOrder(buy(owner, { quantity: '99999' }))));

    expect(cold.requests.map(({ target }) => target)).toEqual(['GetItem', 'TransactWriteItems']);
    expect(refused.requests.map(({ target }) => target)).toEqual(['TransactWriteItems', 'TransactGetItems']);
    expect(plainly.requests.map(({ target }) => target)).toEqual(['TransactWriteItems']);
  });
});

describe('other flows on the wire', () => {
  it('refunds with one read and one TransactWriteItems of four items, 8 write units', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));

    const { requests, changes } = await metered(() => flow.refundOrder({ orderId: order.orderId }));

    expect(requests).toEqual([
      { target: 'GetItem', items: 1 },
      { target: 'TransactWriteItems', items: 4 },
    ]);
    expect(costOf(changes)).toMatchObject({ items: 4, tableUnits: 8 });
  });

  it('answers a second refund, and refuses one, with one read', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const { order: pending } = await market.orders.createOrder(makeOrderDraft({ owner }));
    await flow.refundOrder({ orderId: order.orderId });

    const second = await metered(() => flow.refundOrder({ orderId: order.orderId }));
    const refused = await metered(() => refusalOf(flow.refundOrder({ orderId: pending.orderId })));

    expect(second.requests).toEqual([{ target: 'GetItem', items: 1 }]);
    expect(refused.requests).toEqual([{ target: 'GetItem', items: 1 }]);
  });

  it('cancels an order that holds nothing with two reads and one write', async () => {
    const owner = await market.trader();
    const first = await market.orders.createOrder(makeOrderDraft({ owner }));
    const second = await market.orders.createOrder(makeOrderDraft({ owner }));

    const anybodys = await metered(() => flow.cancelOrder({ orderId: first.order.orderId }));
    const byOwner = await metered(() => flow.cancelOrder({ orderId: second.order.orderId, owner }));

    expect(anybodys.requests.map(({ target }) => target)).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
    expect(byOwner.requests.map(({ target }) => target)).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
  });
});

describe('the default price source', () => {
  it('trades at the price that is stored on the asset, with its time and source', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder(buy(owner));

    expect(order).toMatchObject({ priceSource: 'test-feed', fills: [{ priceMinor: 1_000n }] });
  });

  it('refuses an asset that has no price yet, or that does not exist', async () => {
    await assets.createAsset(makeAssetCreate({ assetId: 'NEW' }));
    const owner = await market.trader({ usd: 10_000n });

    const unpriced = await refusalOf(flow.placeOrder(buy(owner, { assetId: 'NEW' })));
    const unknown = await refusalOf(flow.placeOrder(buy(owner, { assetId: 'NONE' })));

    expect(unpriced).toMatchObject({ code: 'PRICE_UNAVAILABLE', details: { assetId: 'NEW' } });
    expect(unknown).toMatchObject({ code: 'ASSET_NOT_FOUND', details: { assetId: 'NONE' } });
  });

  it('notices within a second that an asset was deactivated', async () => {
    await assets.createAsset(makeAssetCreate({ assetId: 'GONE' }));
    await assets.setPrice({ assetId: 'GONE', price: '1.00', asOf: now(), source: 'test-feed' });
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner, { assetId: 'GONE' }));

    await assets.deactivateAsset('GONE');
    clock.advance(1_001);

    await expect(refusalOf(flow.placeOrder(buy(owner, { assetId: 'GONE' })))).resolves.toMatchObject({
      code: 'ASSET_INACTIVE',
    });
  });
});
