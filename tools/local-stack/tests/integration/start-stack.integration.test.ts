import { getAssetDao } from '@cnop/dao-inventory';
import { deleteTables } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { eventually } from '@cnop/testing';
import { logIn, openAccount } from '../../src/open-account.ts';
import { refreshPrices } from '../../src/seed.ts';
import { startStack } from '../../src/start-stack.ts';
import { findOrder, placeOrder, setPrice } from '../support/stack-client.ts';

beforeAll(() => {
  delete process.env['DYNAMODB_ENDPOINT'];
  delete process.env['CNOP_DYNAMODB'];
});

const loadShedding = { maxEventLoopDelayMs: Infinity };

describe(startStack, () => {
  it('keeps the prices fresh at which orders are executed, past one that is newer, and goes on when it cannot', async () => {
    const lines: string[] = [];
    const logging = { name: 'local-stack', level: 'silent' };
    const log = (line: string) => void lines.push(line);
    const stack = await startStack({ port: 0, refreshEveryMs: 20, loadShedding }, { log, logging });
    const { accessToken } = await openAccount({ url: stack.url, deposit: '10000.00' });
    const pricedAt = async () => {
      const { body } = await placeOrder(stack.url, accessToken, { quantity: '0.05' });
      return Date.parse(body.priceAsOf!);
    };

    const ahead = new Date(stack.database.clock.now().getTime() + 4_900).toISOString();
    await getAssetDao(stack.database).setPrice({ assetId: 'AAPL', price: '1', asOf: ahead, source: 'another feed' });

    const first = await pricedAt();
    await eventually('an order has a later price', async () => (await pricedAt()) > first);
    expect(lines).toEqual([expect.stringMatching(/^DynamoDB: /), 'Standing orders are worked in this process.']);
    await deleteTables(stack.database, [inventoryTableShape]);
    const failures = () => lines.filter((line) => line.startsWith('Prices could not be refreshed: '));
    await eventually('two refreshes have failed', () => failures().length > 1);
    await stack.stop();

    await expect(fetch(stack.url)).rejects.toThrow();
  });

  it('fills a limit order at the price that the feed sets', async () => {
    const logging = { name: 'local-stack', level: 'silent' };
    const stack = await startStack(
      { port: 0, refreshEveryMs: 3_600_000, loadShedding },
      { log: () => undefined, logging },
    );
    const { accessToken } = await openAccount({ url: stack.url, deposit: '1000.00' });
    const feed = await logIn(
      stack.url,
      stack.users.find(({ role }) => role === 'price-feed')!,
    );
    const limit = { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '20.00' };

    const placed = await placeOrder(stack.url, accessToken, limit);
    const priced = await setPrice(stack, feed.accessToken, '19.50');
    const filled = await eventually('the order is filled', async () => {
      const order = await findOrder(stack.url, accessToken, placed.body.orderId);
      return order.status === 'COMPLETED' && order;
    });
    await stack.stop();

    expect([placed.status, placed.body.status, priced]).toEqual([201, 'QUEUED', 200]);
    expect(filled).toMatchObject({ fills: [{ price: '19.50', quantity: '2.000' }], notional: '39.00' });
  });

  it('repeats the price that the feed has set, and no misprint', async () => {
    const logging = { name: 'local-stack', level: 'silent' };
    const settings = { port: 0, refreshEveryMs: 3_600_000, loadShedding };
    const { database, stop } = await startStack(settings, { log: () => undefined, logging });
    const assets = getAssetDao(database);
    const price = async (text: string) => {
      const asOf = database.clock.now().toISOString();
      await assets.setPrice({ assetId: 'MSFT', price: text, asOf, source: 'feed' });
    };
    const refreshed = () =>
      eventually('the price is set again', async () => {
        await refreshPrices(database);
        const asset = await assets.getAsset('MSFT');
        return asset.priceSource === 'sample-market' && asset;
      });

    await price('95.00');
    const afterPrice = await refreshed();
    const { termsVersion } = afterPrice;
    await assets.updateAsset({ assetId: 'MSFT', expectedVersion: termsVersion, changes: { maxTickMoveBps: 100 } });
    await price('500.00');
    const afterMisprint = await refreshed();
    await stop();

    expect(afterPrice).toMatchObject({ priceMinor: 9_500n, executablePriceMinor: 9_500n });
    expect(afterMisprint).toMatchObject({ priceMinor: 9_500n, executablePriceMinor: 9_500n });
  });

  it('names the request by which an account could not be opened', async () => {
    const stack = await startStack({ port: 0, loadShedding }, { log: () => undefined });

    await expect(openAccount({ url: stack.url, deposit: '0.001' })).rejects.toThrow(/^\/v1\/deposits returned 400: /);
    await stack.stop();
  });
});
