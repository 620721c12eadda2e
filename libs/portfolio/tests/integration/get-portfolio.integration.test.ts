import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { AssetDao } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { UserDao } from '@cnop/dao-user';
import { createDatabase, ensureTables, meterRequests, type RawItem } from '@cnop/database-core';
import { inventoryErrors, type AssetCreate, type PriceSource } from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { toAssetItem } from '@cnop/entities-inventory/table';
import { makeAsset, makeAssetCreate, makeQuote } from '@cnop/entities-inventory/testing';
import type { Balance } from '@cnop/entities-ledger';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { isolatedTables, testConnection } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { showPortfolio } from '../../examples/readme.ts';
import { getPortfolio } from '../../src/index.ts';

const clock = createManualClock('2026-01-05T09:30:00.000Z');
const database = createDatabase({
  ...testConnection(),
  tables: isolatedTables(['users', 'ledger', 'inventory']),
  clock,
});
const assets = new AssetDao({ database });
const balances = new BalanceDao({ database });
const users = new UserDao({ database });

async function listAsset(create: Partial<AssetCreate>, price?: string): Promise<void> {
  const { assetId } = await assets.createAsset(makeAssetCreate(create));
  if (price !== undefined) {
    await assets.setPrice({ assetId, price, asOf: clock.now().toISOString(), source: 'test-feed' });
  }
}

async function giveTo(owner: string, amounts: Record<string, [bigint, number]>): Promise<void> {
  for (const [code, [amountMinor, scale]] of Object.entries(amounts)) {
    const gift = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code, amountMinor, scale } as const;
    await balances.createTransaction(gift);
  }
}

/** Puts a balance as it stands after a history that this test does not care for. */
async function putBalance(balance: Partial<Balance>): Promise<void> {
  const Item = toBalanceItem(makeBalance(balance));
  await database.writer.send(new PutCommand({ TableName: database.tableName('ledger'), Item }));
}

async function putAll(table: string, items: readonly RawItem[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await database.writer.send(new BatchWriteCommand({ RequestItems: { [database.tableName(table)]: puts } }));
  }
}

/** That number of holdings of one unit each, of assets that are listed. */
async function putHoldings(owner: string, count: number, availableMinor = 1n): Promise<void> {
  const codes = Array.from({ length: count }, (_, index) => `${owner.toUpperCase()}-${String(index).padStart(4, '0')}`);

  await putAll(
    'inventory',
    codes.map((assetId) => toAssetItem(makeAsset({ assetId }), { termsWriteId: 'test' })),
  );
  await putAll(
    'ledger',
    codes.map((code) => toBalanceItem(makeBalance({ owner, code, scale: 0, availableMinor }))),
  );
}

async function requestsFor(owner: string) {
  const meter = meterRequests(database);
  const portfolio = await getPortfolio(database, owner);
  meter.stop();

  return { portfolio, requests: meter.requests.map(({ target, items }) => ({ target, items })) };
}

beforeAll(async () => {
  await ensureTables(database, [usersTableShape, ledgerTableShape, inventoryTableShape]);
  await listAsset({}, '223.02');
  await listAsset({ assetId: 'BTC', category: 'CRYPTO', decimals: 8 }, '61234.57');
  await listAsset({ assetId: 'NTT', currency: 'JPY', decimals: 3, priceScale: 1 }, '151.3');
  await listAsset({ assetId: 'NEW' });
  await users.createUser(makeUserCreate());
});
afterAll(() => database.close());

describe(getPortfolio, () => {
  it('shows cash and holdings in several currencies, with the prices as they are stored', async () => {
    await giveTo('alice', { USD: [5_396n, 2], JPY: [100n, 0], AAPL: [2n, 0], BTC: [1_000n, 8], NTT: [1_500n, 3] });

    const portfolio = await getPortfolio(database, 'alice');

    const price = { priceAsOf: '2026-01-05T09:30:00.000Z', priceSource: 'test-feed' };
    expect(portfolio).toMatchObject({
      owner: 'alice',
      asOf: '2026-01-05T09:30:00.000Z',
      cash: [
        { currency: 'JPY', availableMinor: 100n },
        { currency: 'USD', availableMinor: 5_396n },
      ],
      holdings: [
        { assetId: 'AAPL', valuation: { ...price, currency: 'USD', valueMinor: 44_604n } },
        { assetId: 'BTC', valuation: { ...price, currency: 'USD', valueMinor: 61n } },
        { assetId: 'NTT', valuation: { ...price, currency: 'JPY', valueMinor: 226n } },
      ],
      totals: [
        { currency: 'JPY', totalMinor: 326n },
        { currency: 'USD', totalMinor: 50_061n },
      ],
    });
  });

  it('shows an asset without a price, or that was never listed, without a value', async () => {
    await putBalance({ owner: 'bob', code: 'NEW', scale: 0, availableMinor: 3n });
    await putBalance({ owner: 'bob', code: 'NONE', scale: 0, availableMinor: 4n });

    const { holdings, totals } = await getPortfolio(database, 'bob');

    expect(holdings).toStrictEqual([
      { assetId: 'NEW', scale: 0, availableMinor: 3n, heldMinor: 0n },
      { assetId: 'NONE', scale: 0, availableMinor: 4n, heldMinor: 0n },
    ]);
    expect(totals).toEqual([]);
  });

  it('leaves empty balances out, and keeps those of which all is held', async () => {
    await putBalance({ owner: 'carol', availableMinor: 0n });
    await putBalance({ owner: 'carol', code: 'EUR', availableMinor: 0n, heldMinor: 700n });
    await putBalance({ owner: 'carol', code: 'AAPL', scale: 0, availableMinor: 0n, heldMinor: 1n });
    await putBalance({ owner: 'carol', code: 'BTC', scale: 8, availableMinor: 0n });

    const { cash, holdings, totals } = await getPortfolio(database, 'carol');

    expect(cash.map(({ currency }) => currency)).toEqual(['EUR']);
    expect(holdings).toMatchObject([{ assetId: 'AAPL', heldMinor: 1n, valuation: { valueMinor: 22_302n } }]);
    expect(totals).toMatchObject([
      { currency: 'EUR', cashMinor: 700n },
      { currency: 'USD', holdingsMinor: 22_302n },
    ]);
  });

  it('takes two requests for 100 holdings', async () => {
    await putHoldings('hundred', 100);

    const { portfolio, requests } = await requestsFor('hundred');

    expect(portfolio.holdings).toHaveLength(100);
    expect(requests).toEqual([
      { target: 'Query', items: 0 },
      { target: 'BatchGetItem', items: 100 },
    ]);
  });

  it('asks for no asset of which nothing is left', async () => {
    await putHoldings('former', 60, 0n);
    await putBalance({ owner: 'former', code: 'AAPL', scale: 0, availableMinor: 1n });

    const { requests } = await requestsFor('former');

    expect(requests).toEqual([
      { target: 'Query', items: 0 },
      { target: 'BatchGetItem', items: 1 },
    ]);
  });

  it('takes one request for a user who has no asset, and for one who does not exist', async () => {
    await putBalance({ owner: 'saver' });

    const saver = await requestsFor('saver');
    const nobody = await requestsFor('nobody-at-all');

    expect(saver.portfolio.cash).toHaveLength(1);
    expect(nobody.portfolio).toMatchObject({ owner: 'nobody-at-all', cash: [], holdings: [], totals: [] });
    expect([saver.requests, nobody.requests]).toEqual([
      [{ target: 'Query', items: 0 }],
      [{ target: 'Query', items: 0 }],
    ]);
  });

  it('values more holdings than the store looks up at once', async () => {
    await putHoldings('magnate', 1_001);

    const { holdings, totals } = await getPortfolio(database, 'magnate');

    expect(holdings).toHaveLength(1_001);
    expect(totals).toMatchObject([{ currency: 'USD', holdingsMinor: 1_001n * 15_025n }]);
  });

  it('refuses a name that cannot be a user’s', async () => {
    await expect(getPortfolio(database, '#')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('shows the rest where a holding is worth more than 10²⁴ minor units, and says that the totals are not of all', async () => {
    await putBalance({ owner: 'croesus', code: 'AAPL', scale: 0, availableMinor: 10n ** 24n });
    await putBalance({ owner: 'croesus', code: 'BTC', scale: 8, availableMinor: 100_000_000n });

    const { holdings, totals, complete } = await getPortfolio(database, 'croesus');

    expect(holdings.map(({ assetId, valuation }) => [assetId, valuation?.valueMinor])).toEqual([
      ['AAPL', undefined],
      ['BTC', 6_123_457n],
    ]);
    expect(totals).toMatchObject([{ currency: 'USD', totalMinor: 6_123_457n }]);
    expect(complete).toBe(false);
  });

  it('values by the price source that it is given', async () => {
    await giveTo('dora', { AAPL: [2n, 0], NEW: [1n, 0], BTC: [1n, 8] });
    const quotes = [makeQuote({ priceMinor: 10_000n }), makeQuote({ asset: { assetId: 'BTC', decimals: 8 } })];
    const priceSource: PriceSource = {
      getQuote: (assetId) => {
        const quote = quotes.find(({ asset }) => asset.assetId === assetId);
        return quote ? Promise.resolve(quote) : Promise.reject(new inventoryErrors.AssetNotFoundError({ assetId }));
      },
    };

    const { holdings, complete } = await getPortfolio(database, 'dora', { priceSource });

    expect(holdings.map(({ assetId, valuation }) => [assetId, valuation?.valueMinor])).toEqual([
      ['AAPL', 20_000n],
      ['BTC', 0n],
      ['NEW', undefined],
    ]);
    expect(complete).toBe(false);
  });

  it('does not pass off as worthless what a price source could not tell', async () => {
    await giveTo('emil', { AAPL: [2n, 0] });
    const priceSource = { getQuote: () => Promise.reject(new Error('the feed is down')) };

    await expect(getPortfolio(database, 'emil', { priceSource })).rejects.toMatchObject({ code: 'PRICE_UNAVAILABLE' });
  });
});

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const source = readFileSync(join(__dirname, '../../examples/readme.ts'), 'utf8');
    const print = jest.spyOn(console, 'log').mockImplementation();
    for (const code of ['JPY', 'BTC', 'NTT']) await putBalance({ code, scale: 0, availableMinor: 0n });

    await showPortfolio(database);

    const promised = [...source.matchAll(/console\.log\(.*\); \/\/ (.+)/g)].map(([, text]) => text);
    const printed = print.mock.calls.map((values) => values.join(' '));
    print.mockRestore();
    expect(printed).toEqual(promised);
    expect(promised).toHaveLength(3);
  });
});
