import type { AssetDao } from '@cnop/dao-inventory';
import { AssetStatus, type Asset } from '@cnop/entities-inventory';

/** The ids of all assets, halted ones included: a halted one still has ticks. From an index, by pages of 100. */
export async function readAssetIds(assets: Pick<AssetDao, 'getAssets'>): Promise<string[]> {
  const ids: string[] = [];

  for (const status of Object.values(AssetStatus)) {
    let cursor: string | undefined;
    do {
      const page = await assets.getAssets({ status, limit: 100, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.items.map(({ assetId }) => assetId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return ids;
}

/** Assets read by one call at most. */
const idsAtMost = 1_000;

/** These assets as they stand, by BatchGetItem: 1 read unit each. One that is missing is left out. */
export async function readPrices(
  assets: Pick<AssetDao, 'getAssetsByIds'>,
  assetIds: readonly string[],
): Promise<Pick<Asset, 'assetId' | 'priceAsOf'>[]> {
  const found: Asset[] = [];

  for (let start = 0; start < assetIds.length; start += idsAtMost)
    found.push(...(await assets.getAssetsByIds(assetIds.slice(start, start + idsAtMost))).found);
  return found;
}
