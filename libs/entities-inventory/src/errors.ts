import { defineErrors } from '@cnop/exceptions';

/** The errors of assets, their prices and the terms on which they are traded. */
export const inventoryErrors = defineErrors({
  /** No asset has that id. */
  AssetNotFoundError: {
    code: 'ASSET_NOT_FOUND',
    status: 404,
    title: 'There is no such asset.',
    advice: 'Check the asset id.',
    message: ({ assetId }: { readonly assetId: string }) => `there is no asset ${assetId}`,
  },
  /** An asset already has that id. */
  AssetExistsError: {
    code: 'ASSET_EXISTS',
    status: 409,
    title: 'The asset already exists.',
    advice: 'Update the asset, or choose another id.',
    message: ({ assetId }: { readonly assetId: string }) => `the asset ${assetId} already exists`,
  },
  /** The asset is not traded at present. */
  AssetInactiveError: {
    code: 'ASSET_INACTIVE',
    status: 422,
    title: 'The asset is not active.',
    advice: 'It is not traded at present.',
    message: ({ assetId }: { readonly assetId: string }) => `the asset ${assetId} is not active`,
  },
  /** An asset id may not be an ISO 4217 currency code. */
  AssetIdReservedError: {
    code: 'ASSET_ID_RESERVED',
    status: 422,
    title: 'The asset id is an ISO 4217 currency code.',
    advice: 'Balances of assets and currencies share one namespace; choose another id.',
    message: ({ assetId }: { readonly assetId: string }) => `the asset id ${assetId} is an ISO 4217 currency code`,
  },
  /** The asset has no price that may be traded on. */
  PriceUnavailableError: {
    code: 'PRICE_UNAVAILABLE',
    status: 503,
    retryable: true,
    title: 'The asset has no price to trade on.',
    advice: 'Try again when a price has been set, or the newest one has been confirmed by the next.',
    message: ({ assetId }: { readonly assetId: string }) => `the asset ${assetId} has no price to trade on`,
  },
  /** The price is older than the configured maximum age. */
  PriceStaleError: {
    code: 'PRICE_STALE',
    status: 503,
    retryable: true,
    title: 'The price is too old to trade on.',
    advice: 'Try again when a newer price has been set.',
    message: (details: { readonly assetId: string; readonly priceAsOf: string; readonly maxAgeMs: number }) =>
      `the price of ${details.assetId} is of ${details.priceAsOf}, older than ${details.maxAgeMs} ms`,
  },
  /** The price is beyond the limit that the caller set. */
  PriceLimitError: {
    code: 'PRICE_LIMIT_EXCEEDED',
    status: 422,
    title: 'The price is beyond the limit given with the order.',
    advice: 'Nothing was traded. Place the order again with another limit.',
    message: ({ assetId, price, limit }: Readonly<Record<'assetId' | 'price' | 'limit', string>>) =>
      `the price of ${assetId} is ${price}, beyond the limit of ${limit}`,
  },
  /** The price is of a time that has not come yet. */
  PriceAheadError: {
    code: 'PRICE_AHEAD',
    status: 503,
    retryable: true,
    title: 'The price is of a time that has not come yet.',
    advice: 'The clock of the price feed, or ours, is wrong. Try again when the price has another time.',
    message: (details: { readonly assetId: string; readonly priceAsOf: string; readonly maxAheadMs: number }) =>
      `the price of ${details.assetId} is of ${details.priceAsOf}, more than ${details.maxAheadMs} ms ahead of our clock`,
  },
  /** What a price source gave is no quote of the asset. */
  InvalidQuoteError: {
    code: 'QUOTE_INVALID',
    status: 503,
    retryable: true,
    title: 'The price source gave no valid quote.',
    advice: 'Nothing was traded. `field` and `rule` say what is wrong with it: mend the price source.',
    message: ({ assetId, field, rule }: Readonly<Record<'assetId' | 'field' | 'rule', string>>) =>
      `the quote for ${assetId} is not valid: ${field} ${rule}`,
  },
  /** Another price of the very same time is stored already. */
  PriceExistsError: {
    code: 'PRICE_EXISTS',
    status: 409,
    title: 'Another price of that time is already set.',
    advice: 'Nothing to do: of two prices of one millisecond the first one stays.',
    message: ({ assetId, asOf }: Readonly<Record<'assetId' | 'asOf', string>>) =>
      `another price of ${assetId} as of ${asOf} is already set`,
  },
  /** A price was set that is older than the stored one. */
  PriceOutdatedError: {
    code: 'PRICE_OUTDATED',
    status: 409,
    title: 'A newer price is already set.',
    advice: 'Nothing to do: the older price was not stored.',
    message: ({ assetId, asOf, currentAsOf }: Readonly<Record<'assetId' | 'asOf' | 'currentAsOf', string>>) =>
      `the price of ${assetId} is of ${currentAsOf} already, newer than ${asOf}`,
  },
  /** A tick is missing from the log of an asset's prices, however often it was read. */
  TickLogGapError: {
    code: 'TICK_LOG_GAP',
    status: 503,
    retryable: true,
    title: 'The log of prices could not be read without a gap.',
    advice: 'Try again. If it stays so, the log of that asset is broken after `after`.',
    message: ({ assetId, after }: { readonly assetId: string; readonly after?: string }) =>
      `the ticks of ${assetId} after ${after ?? 'the first'} could not be read without a gap`,
  },
  /** The quantity is below the minimum of the asset. */
  QuantityTooSmallError: {
    code: 'QUANTITY_BELOW_MINIMUM',
    status: 422,
    title: 'The quantity is below the minimum of the asset.',
    advice: 'Order at least `minimum`.',
    message: ({ assetId, quantity, minimum }: Readonly<Record<'assetId' | 'quantity' | 'minimum', string>>) =>
      `quantity ${quantity} of ${assetId}, at least ${minimum} required`,
  },
  /** price × quantity is below the minimum of the asset, or rounds to nothing. */
  NotionalTooSmallError: {
    code: 'NOTIONAL_BELOW_MINIMUM',
    status: 422,
    title: 'The value of the order is below the minimum of the asset.',
    advice: 'Order a value of at least `minimum`.',
    message: ({ assetId, notional, minimum }: Readonly<Record<'assetId' | 'notional' | 'minimum', string>>) =>
      `notional ${notional} of ${assetId}, at least ${minimum} required`,
  },
});
