import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AssetDao } from '@cnop/dao-inventory';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { buyTwice } from '../../examples/readme.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { clock, database, users } = market;
const source = readFileSync(join(__dirname, '../../examples/readme.ts'), 'utf8');

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation();
    const assets = new AssetDao({ database });
    await assets.createAsset(makeAssetCreate());
    await assets.setPrice({ assetId: 'AAPL', price: '223.02', asOf: clock.now().toISOString(), source: 'test' });
    await users.createUser(makeUserCreate({ username: 'alice' }));
    market.owners.push('alice');
    await market.deposit('alice', 50_000n);

    await buyTwice(database);

    const promised = [...source.matchAll(/console\.log\(.*\); \/\/ ([^:\n]+)/g)].map(([, text]) => text);
    const printed = print.mock.calls.map((values) =>
      values.map((value: unknown) => (typeof value === 'string' ? value : inspect(value))).join(' '),
    );
    print.mockRestore();
    expect(printed).toEqual(promised);
    expect(promised).not.toHaveLength(0);
    await expect(market.available('alice')).resolves.toEqual({ USD: 50_000n });
  });
});
