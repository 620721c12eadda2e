import { makeAsset } from '@cnop/entities-inventory/testing';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { portfolioResponseSchema, toPortfolioResponse } from '../../src/index.ts';
import { valuePortfolio } from '../../src/value-portfolio.ts';

describe(toPortfolioResponse, () => {
  it('gives every amount as decimal text with all the decimals of its scale', () => {
    const portfolio = valuePortfolio({
      owner: 'alice',
      asOf: '2026-01-05T09:30:00.000Z',
      balances: [
        makeBalance({ availableMinor: 5n, heldMinor: 100n }),
        makeBalance({ code: 'AAPL', scale: 3, availableMinor: 1_500n, heldMinor: 500n }),
        makeBalance({ code: 'NONE', scale: 0, availableMinor: 1n }),
      ],
      assets: [makeAsset()],
    });

    const response = toPortfolioResponse(portfolio);

    expect(response).toStrictEqual({
      username: 'alice',
      asOf: '2026-01-05T09:30:00.000Z',
      cash: [{ currency: 'USD', available: '0.05', held: '1.00' }],
      holdings: [
        {
          assetId: 'AAPL',
          available: '1.500',
          held: '0.500',
          currency: 'USD',
          price: '150.25',
          priceAsOf: '2026-01-05T09:30:00.000Z',
          priceSource: 'test-feed',
          value: '300.50',
        },
        { assetId: 'NONE', available: '1', held: '0' },
      ],
      totals: [{ currency: 'USD', cash: '1.05', holdings: '300.50', total: '301.55' }],
      complete: false,
    });
    expect(JSON.parse(JSON.stringify(response))).toEqual(response);
    expect(portfolioResponseSchema.parse(response)).toEqual(response);
  });
});
