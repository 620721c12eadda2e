import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao, ownerOf } from '@cnop/dao-ledger';
import { getOrderDao } from '@cnop/dao-order';
import { createDatabase, ensureTables, deleteTables } from '@cnop/database-core';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { isolatedTables, testConnection } from '@cnop/testing';
import { build } from 'esbuild';
import { root, runExample } from '../support/run-example.ts';

const shapes = [ledgerTableShape, ordersTableShape, inventoryTableShape];
const database = createDatabase({
  ...testConnection(),
  tables: isolatedTables(['ledger', 'orders', 'inventory']),
});
const balances = getBalanceDao(database);
const flow = createOrderFlow({ database });

beforeAll(async () => {
  const assets = getAssetDao(database);
  await ensureTables(database, shapes);
  await assets.createAsset(makeAssetCreate({ assetId: 'MSFT', decimals: 0 }));
  await assets.setPrice({ assetId: 'MSFT', price: '25.00', asOf: new Date().toISOString(), source: 'feed' });
});
afterAll(async () => {
  await deleteTables(database, shapes);
  database.close();
});

describe('docs/own-users.md', () => {
  it('has an example that compiles, and prints what its comments say', async () => {
    const lines = (await runExample('docs/own-users.md')).trim().split('\n');

    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).every((line) => line.endsWith(' 5000'))).toBe(true);
    expect(lines.at(-1)).toBe('3 owners, 0 broken invariants');
  });

  it('names packages that load no native module', async () => {
    const [, listed = ''] =
      /loads no native module: ([^]*?)\. /.exec(readFileSync(join(root, 'docs/own-users.md'), 'utf8')) ?? [];
    const packages = listed.match(/@cnop\/[\w/-]+/g) ?? [];

    const { metafile } = await build({
      stdin: { contents: packages.map((name) => `import '${name}';`).join('\n'), resolveDir: root },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      conditions: ['@cnop/source'],
      ignoreAnnotations: true,
    });

    const inputs = Object.keys(metafile.inputs);
    expect(packages).toHaveLength(7);
    expect(inputs.filter((path) => /\.node$|argon2|passwords/.test(path))).toEqual([]);
    expect(inputs.some((path) => path.endsWith('dao-user/src/access.ts'))).toBe(true);
  });
});

describe('a team with an identity provider of its own', () => {
  const issuer = 'https://id.example.com/';

  it.each([
    ['a subject of an identity provider', 'auth0|64f1c2d3e4b5a69788776655'],
    ['a UUID', '9b2f6c1e-8d5a-4f0b-a3c7-2e1d4b6f8a90'],
    ['a subject of 200 characters', ownerOf(issuer, `user/${'ä'.repeat(195)}`)],
    ['a name with a capital', 'Ada'],
    ['the same name without it', 'ada'],
  ])('deposits, buys, sells and withdraws as %s', async (_, owner) => {
    const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 10_000n } as const;
    await balances.createTransaction({ ...deposit, idempotencyKey: 'first' });
    await balances.createTransaction({ ...deposit, idempotencyKey: 'first' });

    await flow.placeOrder({ owner, order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '3' } });
    await flow.placeOrder({ owner, order: { orderType: 'MARKET_SELL', assetId: 'MSFT', quantity: '1' } });
    await balances.createTransaction({ owner, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1_000n });

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ owner, availableMinor: 4_000n });
    await expect(balances.getBalance(owner, 'MSFT')).resolves.toMatchObject({ owner, availableMinor: 2n });
    await expect(getOrderDao(database).getOrders({ owner })).resolves.toMatchObject({ items: [{ owner }, { owner }] });
  });

  it('audits the ledger without a users table', async () => {
    const { brokenCount, counts } = await checkLedger(database);

    expect(brokenCount).toBe(0);
    expect(counts).toMatchObject({ owners: 5, users: 0, emailClaims: 0, orders: 10, transactions: 20 });
  });
});
