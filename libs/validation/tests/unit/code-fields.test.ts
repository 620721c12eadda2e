import { assetIdSchema, balanceCodeSchema, currencyCodeSchema, isoCurrencyCodes } from '@cnop/validation';
import fc from 'fast-check';

import { accepted } from '../support/accepted.ts';

const badCodes = ['', 'aapl', '1INCH', '.A', '-A', 'A B', 'A#B', 'A_B', 'Ä', 'A\n', 'A'.repeat(21), 7, null];

describe('currencyCodeSchema', () => {
  it('takes every currency', () => {
    isoCurrencyCodes.forEach((code) => {
      expect(accepted(currencyCodeSchema, code)).toBe(code);
    });
  });

  it.each([...badCodes, 'usd', 'USDT', 'AAPL', 'XAU', 'constructor'])('refuses %j', (input) => {
    expect(accepted(currencyCodeSchema, input)).toBeUndefined();
  });
});

describe('assetIdSchema', () => {
  it.each(['A', 'AAPL', 'BRK.B', 'BTC-PERP', 'A'.repeat(20)])('takes %s', (input) => {
    expect(accepted(assetIdSchema, input)).toBe(input);
  });

  it.each([...badCodes, 'USD', 'XAU', 'XXX', 'XCG'])('refuses %j', (input) => {
    expect(accepted(assetIdSchema, input)).toBeUndefined();
  });

  it('takes no ISO 4217 code', () => {
    isoCurrencyCodes.forEach((code) => {
      expect(accepted(assetIdSchema, code)).toBeUndefined();
    });
  });
});

describe('balanceCodeSchema', () => {
  it.each(['USD', 'AAPL', 'BRK.B'])('takes %s', (input) => {
    expect(accepted(balanceCodeSchema, input)).toBe(input);
  });

  it.each([...badCodes, 'usd', 'XAU', 'XTS'])('refuses %j', (input) => {
    expect(accepted(balanceCodeSchema, input)).toBeUndefined();
  });

  it('takes exactly what is a currency code or an asset id, and never both', () => {
    const codes = fc.oneof(fc.constantFrom(...isoCurrencyCodes), fc.stringMatching(/^[A-Z.-]{0,4}$/), fc.string());

    fc.assert(
      fc.property(codes, (code) => {
        const isCurrency = accepted(currencyCodeSchema, code) !== undefined;
        const isAsset = accepted(assetIdSchema, code) !== undefined;

        expect(accepted(balanceCodeSchema, code) !== undefined).toBe(isCurrency || isAsset);
        expect(isCurrency && isAsset).toBe(false);
      }),
    );
  });
});
