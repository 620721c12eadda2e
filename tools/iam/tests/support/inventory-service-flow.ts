import { getAssetDao } from '@cnop/dao-inventory';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { loseRequest, loseResponse } from '@cnop/testing';
import { checkHealth } from './market.ts';
import type { RecordedProcess } from './recorded-process.ts';

/** What the service of assets does, route by route. */
export async function useInventoryService({ database, http }: RecordedProcess): Promise<void> {
  await checkHealth(database, ['users', 'inventory']);
  const access = createAccessCheck({ reader: getAccessReader(database) });
  await access.isActive({ username: 'root', role: 'admin', sessionEpoch: 0 });

  const assets = getAssetDao(database);
  const asset = { name: 'A fund', category: 'ETF', currency: 'USD', decimals: 2, priceScale: 2 } as const;
  await assets.createAsset({ assetId: 'FUND', ...asset });
  await assets.updateAsset({ assetId: 'FUND', expectedVersion: 1, changes: { name: 'The fund' } });
  await assets.deactivateAsset('FUND');
  await assets.activateAsset('FUND');
  // Looked for once more after the last attempt that was not answered.
  http.script('UpdateItem', loseResponse(), loseRequest());
  await assets.setPrice({ assetId: 'FUND', price: '10.00', asOf: new Date().toISOString(), source: 'feed' });

  await assets.getAsset('FUND');
  await assets.getAssets({ status: 'ACTIVE' });
  await assets.getAssets({ category: 'ETF' });
  await assets.getAssets({ category: 'ETF', status: 'ACTIVE' });
}
