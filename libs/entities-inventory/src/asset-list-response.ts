import { listResponseSchema } from '@cnop/validation';
import type { z } from 'zod';

import { assetResponseSchema, toAssetResponse } from './asset-response.ts';
import type { Asset } from './asset.ts';

/** The shape of a page of a list of assets in an answer. */
export const assetListResponseSchema = listResponseSchema(assetResponseSchema);

/** One page of a list of assets. More follow exactly when there is a `nextCursor`, however many items the page has. */
export type AssetListResponse = z.infer<typeof assetListResponseSchema>;

/** A page of assets, as a DAO reads it. */
export interface AssetPage {
  readonly items: readonly Asset[];
  readonly nextCursor?: string | undefined;
}

/** What a client is told of a page of assets. */
export function toAssetListResponse({ items, nextCursor }: AssetPage): AssetListResponse {
  return { items: items.map(toAssetResponse), ...(nextCursor === undefined ? {} : { nextCursor }) };
}
