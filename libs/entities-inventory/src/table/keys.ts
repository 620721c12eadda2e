/** The primary key of an item in the inventory table. */
export interface AssetKey {
  readonly pk: string;
  readonly sk: string;
}

/** The primary key of the asset with this id. */
export function assetKey(assetId: string): AssetKey {
  return { pk: `ASSET#${assetId}`, sk: 'ASSET' };
}
