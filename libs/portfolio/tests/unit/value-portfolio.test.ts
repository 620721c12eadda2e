import type { Asset } from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import type { Balance } from '@cnop/entities-ledger';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { formatDecimal, MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';
import { valuePortfolio } from '../../src/value-portfolio.ts';

const asOf = '2026-01-05T09:30:00.000Z';
const valued = (balances: readonly Balance[], assets: readonly Asset[] = []) =>
  valuePortfolio({ owner: 'alice', asOf, balances, assets });
const aapl = (overrides: Partial<Balance> = {}) =>
  makeBalance({ code: 'AAPL', scale: 0, availableMinor: 10n, ...overrides });
const unpriced = makeAsset({ priceMinor: undefined, priceAsOf: undefined, priceSource: undefined });

describe(valuePortfolio, () => {
  it('shows cash, and holdings at the price of the asset with its time and source', () => {
    expect(valued([makeBalance(), aapl()], [makeAsset()])).toStrictEqual({
      owner: 'alice',
      asOf,
      cash: [{ currency: 'USD', scale: 2, availableMinor: 10_000n, heldMinor: 0n }],
      holdings: [
        {
          assetId: 'AAPL',
          scale: 0,
          availableMinor: 10n,
          heldMinor: 0n,
          valuation: {
            currency: 'USD',
            currencyScale: 2,
            priceMinor: 15_025n,
            priceScale: 2,
            priceAsOf: asOf,
            priceSource: 'test-feed',
            valueMinor: 150_250n,
          },
        },
      ],
      totals: [{ currency: 'USD', scale: 2, cashMinor: 10_000n, holdingsMinor: 150_250n, totalMinor: 160_250n }],
      complete: true,
    });
  });

  it('includes what is held, in the value and in the totals', () => {
    const { holdings, totals } = valued([makeBalance({ heldMinor: 5_000n }), aapl({ heldMinor: 2n })], [makeAsset()]);

    expect(holdings[0]).toMatchObject({ availableMinor: 10n, heldMinor: 2n, valuation: { valueMinor: 180_300n } });
    expect(totals).toMatchObject([{ cashMinor: 15_000n, holdingsMinor: 180_300n, totalMinor: 195_300n }]);
  });

  it.each([
    ['that has no price', [unpriced]],
    ['that is not listed', []],
    ['that is worth more than an amount can be', [makeAsset({ priceMinor: MAX_MINOR })]],
  ])('shows an asset %s without a value, and says that the totals are not of all', (_, assets) => {
    const { holdings, totals, complete } = valued([makeBalance(), aapl()], assets);

    expect(holdings).toStrictEqual([{ assetId: 'AAPL', scale: 0, availableMinor: 10n, heldMinor: 0n }]);
    expect(totals).toMatchObject([{ holdingsMinor: 0n, totalMinor: 10_000n }]);
    expect(complete).toBe(false);
  });

  it('values an inactive asset all the same', () => {
    const { holdings } = valued([aapl()], [makeAsset({ status: 'INACTIVE' })]);

    expect(holdings[0]?.valuation?.valueMinor).toBe(150_250n);
  });

  it('totals each currency for itself, by code', () => {
    const assets = [
      makeAsset(),
      makeAsset({ assetId: 'NTT', currency: 'JPY', priceMinor: 1_513n, priceScale: 1 }),
      makeAsset({ assetId: 'SAP', currency: 'EUR', priceMinor: 20_000n }),
    ];
    const balances = [
      aapl({ availableMinor: 1n }),
      makeBalance({ code: 'JPY', scale: 0, availableMinor: 7n }),
      aapl({ code: 'NTT', availableMinor: 1n }),
      aapl({ code: 'SAP', availableMinor: 1n }),
      makeBalance({ availableMinor: 1n }),
    ];

    expect(valued(balances, assets).totals).toStrictEqual([
      { currency: 'EUR', scale: 2, cashMinor: 0n, holdingsMinor: 20_000n, totalMinor: 20_000n },
      { currency: 'JPY', scale: 0, cashMinor: 7n, holdingsMinor: 151n, totalMinor: 158n },
      { currency: 'USD', scale: 2, cashMinor: 1n, holdingsMinor: 15_025n, totalMinor: 15_026n },
    ]);
  });

  it('takes the scale of a quantity from the balance', () => {
    const { holdings } = valued([aapl({ scale: 3, availableMinor: 1_500n })], [makeAsset({ decimals: 0 })]);

    expect(holdings[0]?.valuation?.valueMinor).toBe(22_537n);
  });

  it('is empty for a user who has nothing', () => {
    expect(valued([])).toStrictEqual({ owner: 'alice', asOf, cash: [], holdings: [], totals: [], complete: true });
  });

  it('rounds each value down, by less than a unit', () => {
    const minor = fc.bigInt({ min: 1n, max: 10n ** 10n });
    const scale = fc.integer({ min: 0, max: 18 });

    fc.assert(
      fc.property(minor, minor, fc.tuple(scale, scale), (priceMinor, quantityMinor, [priceScale, quantityScale]) => {
        const balance = aapl({ scale: quantityScale, availableMinor: quantityMinor });
        const { holdings } = valued([balance], [makeAsset({ priceMinor, priceScale })]);
        const { valueMinor } = holdings[0]!.valuation!;

        const exact = priceMinor * quantityMinor * 100n;
        const denominator = 10n ** BigInt(priceScale + quantityScale);
        expect(valueMinor * denominator <= exact).toBe(true);
        expect((valueMinor + 1n) * denominator > exact).toBe(true);
        expect(formatDecimal(valueMinor, 2)).toMatch(/^\d+\.\d\d$/);
      }),
    );
  });
});
