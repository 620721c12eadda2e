import { formatDecimal, withoutUndefined } from '@cnop/utils';
import { currencyScale, listResponseSchema, positiveDecimalTextSchema } from '@cnop/validation';
import * as z from 'zod';
import { assetSchema, type Asset } from './asset.ts';

const { shape } = assetSchema;

/** The shape of an asset in an answer over an edge: price and minimums as decimal text. */
export const assetResponseSchema = z
  .strictObject({
    assetId: shape.assetId,
    name: shape.name,
    description: shape.description,
    category: shape.category,
    currency: shape.currency,
    decimals: shape.decimals,
    priceScale: shape.priceScale,
    price: positiveDecimalTextSchema.optional(),
    priceAsOf: shape.priceAsOf,
    priceSource: shape.priceSource,
    outOfBand: shape.outOfBand.describe('The price is so far from the reference price that it may be a misprint.'),
    referencePrice: positiveDecimalTextSchema
      .optional()
      .describe('The newest price that may be traded on. Absent until there is one.'),
    referencePriceAsOf: shape.executableAsOf,
    status: shape.status,
    triggersPaused: shape.triggersPaused.describe('No standing order is triggered while this is so.'),
    maxTickMoveBps: shape.maxTickMoveBps,
    execution: shape.execution,
    maxFills: shape.maxFills,
    triggerShards: shape.triggerShards,
    triggerReadShards: shape.triggerReadShards,
    minQuantity: positiveDecimalTextSchema,
    minNotional: positiveDecimalTextSchema,
    createdAt: shape.createdAt,
    updatedAt: shape.updatedAt,
    termsVersion: shape.termsVersion,
  })
  .describe('An asset, its price and the terms on which it is traded.')
  .meta({ title: 'Asset' });

/** An asset as a client of the API sees it: price and minimums as decimal texts, in units of the asset and of its currency. */
export type AssetResponse = z.infer<typeof assetResponseSchema>;

/**
 * What a client is told of an asset. Fields that the asset does not have are absent.
 *
 * @throws {@link CurrencyNotRegisteredError} when its currency is not an ISO 4217 code.
 */
export function toAssetResponse(asset: Asset): AssetResponse {
  return withoutUndefined<AssetResponse>({
    assetId: asset.assetId,
    name: asset.name,
    description: asset.description,
    category: asset.category,
    currency: asset.currency,
    decimals: asset.decimals,
    priceScale: asset.priceScale,
    price: priceText(asset, asset.priceMinor),
    priceAsOf: asset.priceAsOf,
    priceSource: asset.priceSource,
    outOfBand: asset.outOfBand,
    referencePrice: priceText(asset, asset.executablePriceMinor),
    referencePriceAsOf: asset.executableAsOf,
    status: asset.status,
    triggersPaused: asset.triggersPaused,
    maxTickMoveBps: asset.maxTickMoveBps,
    execution: asset.execution,
    maxFills: asset.maxFills,
    triggerShards: asset.triggerShards,
    triggerReadShards: asset.triggerReadShards,
    minQuantity: formatDecimal(asset.minQuantityMinor, asset.decimals),
    minNotional: formatDecimal(asset.minNotionalMinor, currencyScale(asset.currency)),
    createdAt: asset.createdAt,
    updatedAt: asset.updatedAt,
    termsVersion: asset.termsVersion,
  });
}

const priceText = ({ priceScale }: Asset, priceMinor: bigint | undefined): string | undefined =>
  priceMinor === undefined ? undefined : formatDecimal(priceMinor, priceScale);

/** The shape of a page of a list of assets in an answer. */
export const assetListResponseSchema = listResponseSchema(assetResponseSchema).meta({ title: 'AssetList' });

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
