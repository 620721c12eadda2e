import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** No asset has that id. */
export class AssetNotFoundError extends DomainError<'ASSET_NOT_FOUND'> {
  constructor(details: DetailsOf<'ASSET_NOT_FOUND'>, options?: ErrorOptions) {
    super('ASSET_NOT_FOUND', details, options);
  }
}

/** An asset has that id already. */
export class AssetExistsError extends DomainError<'ASSET_EXISTS'> {
  constructor(details: DetailsOf<'ASSET_EXISTS'>, options?: ErrorOptions) {
    super('ASSET_EXISTS', details, options);
  }
}

/** The asset is not traded at present. */
export class AssetInactiveError extends DomainError<'ASSET_INACTIVE'> {
  constructor(details: DetailsOf<'ASSET_INACTIVE'>, options?: ErrorOptions) {
    super('ASSET_INACTIVE', details, options);
  }
}

/** An asset id may not be an ISO 4217 currency code. */
export class AssetIdReservedError extends DomainError<'ASSET_ID_RESERVED'> {
  constructor(details: DetailsOf<'ASSET_ID_RESERVED'>, options?: ErrorOptions) {
    super('ASSET_ID_RESERVED', details, options);
  }
}

/** The asset has no price yet. */
export class PriceUnavailableError extends DomainError<'PRICE_UNAVAILABLE'> {
  constructor(details: DetailsOf<'PRICE_UNAVAILABLE'>, options?: ErrorOptions) {
    super('PRICE_UNAVAILABLE', details, options);
  }
}

/** The price is older than the configured maximum age. */
export class PriceStaleError extends DomainError<'PRICE_STALE'> {
  constructor(details: DetailsOf<'PRICE_STALE'>, options?: ErrorOptions) {
    super('PRICE_STALE', details, options);
  }
}

/** The price is beyond the limit that the caller set. */
export class PriceLimitError extends DomainError<'PRICE_LIMIT_EXCEEDED'> {
  constructor(details: DetailsOf<'PRICE_LIMIT_EXCEEDED'>, options?: ErrorOptions) {
    super('PRICE_LIMIT_EXCEEDED', details, options);
  }
}

/** A price was set that is older than the stored one. */
export class PriceOutdatedError extends DomainError<'PRICE_OUTDATED'> {
  constructor(details: DetailsOf<'PRICE_OUTDATED'>, options?: ErrorOptions) {
    super('PRICE_OUTDATED', details, options);
  }
}

/** The quantity is below the minimum of the asset. */
export class QuantityTooSmallError extends DomainError<'QUANTITY_BELOW_MINIMUM'> {
  constructor(details: DetailsOf<'QUANTITY_BELOW_MINIMUM'>, options?: ErrorOptions) {
    super('QUANTITY_BELOW_MINIMUM', details, options);
  }
}

/** price × quantity is below the minimum of the asset, or rounds to nothing. */
export class NotionalTooSmallError extends DomainError<'NOTIONAL_BELOW_MINIMUM'> {
  constructor(details: DetailsOf<'NOTIONAL_BELOW_MINIMUM'>, options?: ErrorOptions) {
    super('NOTIONAL_BELOW_MINIMUM', details, options);
  }
}
