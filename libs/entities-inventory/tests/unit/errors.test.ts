import { inventoryErrors } from '@cnop/entities-inventory';

const assetId = 'AAPL';
const figures = { quantity: '0.5', notional: '0.50', minimum: '1.00' };
const asOf = '2026-01-05T09:30:00.000Z';
const currentAsOf = '2026-01-05T09:31:00.000Z';

describe('the errors of assets', () => {
  it.each([
    [new inventoryErrors.AssetNotFoundError({ assetId }), 'there is no asset AAPL'],
    [new inventoryErrors.AssetExistsError({ assetId }), 'the asset AAPL already exists'],
    [new inventoryErrors.AssetInactiveError({ assetId }), 'the asset AAPL is not active'],
    [new inventoryErrors.AssetIdReservedError({ assetId: 'USD' }), 'the asset id USD is an ISO 4217 currency code'],
    [new inventoryErrors.PriceUnavailableError({ assetId }), 'the asset AAPL has no price'],
    [
      new inventoryErrors.PriceStaleError({ assetId, priceAsOf: asOf, maxAgeMs: 60_000 }),
      `the price of AAPL is of ${asOf}, older than 60000 ms`,
    ],
    [
      new inventoryErrors.PriceLimitError({ assetId, price: '151.00', limit: '150.00' }),
      'the price of AAPL is 151.00, beyond the limit of 150.00',
    ],
    [
      new inventoryErrors.PriceOutdatedError({ assetId, asOf, currentAsOf }),
      `the price of AAPL is of ${currentAsOf} already, newer than ${asOf}`,
    ],
    [
      new inventoryErrors.QuantityTooSmallError({ assetId, ...figures }),
      'quantity 0.5 of AAPL, at least 1.00 required',
    ],
    [
      new inventoryErrors.NotionalTooSmallError({ assetId, ...figures }),
      'notional 0.50 of AAPL, at least 1.00 required',
    ],
  ])('$code says what varies', (error, message) => {
    expect(error.message).toContain(message);
  });
});
