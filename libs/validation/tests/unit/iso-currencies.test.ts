import { MAX_SCALE } from '@cnop/utils';
import { currencyErrors, currencyScale, isCurrencyCode, isoCurrencyCodes, isReservedCode } from '@cnop/validation';

import { thrownBy } from '../support/thrown-by.ts';

describe('isoCurrencyCodes', () => {
  it('are three upper-case letters each, sorted, without repeats', () => {
    isoCurrencyCodes.forEach((code) => {
      expect(code).toMatch(/^[A-Z]{3}$/);
    });
    expect([...new Set(isoCurrencyCodes)].sort()).toEqual(isoCurrencyCodes);
  });

  it('hold the currencies of today, those newer than the list of the package included', () => {
    expect(isoCurrencyCodes).toEqual(expect.arrayContaining(['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'XCG', 'XAD', 'ZWG']));
    expect(isoCurrencyCodes.length).toBeGreaterThan(160);
  });

  it('each have a scale that an amount can have, and are reserved', () => {
    isoCurrencyCodes.forEach((code) => {
      expect(Number.isInteger(currencyScale(code))).toBe(true);
      expect(currencyScale(code)).toBeLessThanOrEqual(MAX_SCALE);
      expect(isCurrencyCode(code)).toBe(true);
      expect(isReservedCode(code)).toBe(true);
    });
  });
});

describe(currencyScale, () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['BHD', 3],
    ['CLF', 4],
    ['XCG', 2],
  ])('gives %s %i decimals', (code, scale) => {
    expect(currencyScale(code)).toBe(scale);
  });

  it.each(['usd', 'AAPL', '', 'XAU', 'XXX', 'toString', '__proto__'])('refuses %j', (code) => {
    const error = thrownBy(() => currencyScale(code));

    expect(error).toBeInstanceOf(currencyErrors.CurrencyNotRegisteredError);
    expect(error).toMatchObject({ code: 'CURRENCY_NOT_REGISTERED', details: { code } });
  });
});

describe(isReservedCode, () => {
  it.each(['XAG', 'XAU', 'XBA', 'XBB', 'XBC', 'XBD', 'XDR', 'XPD', 'XPT', 'XSU', 'XTS', 'XUA', 'XXX'])(
    'reserves %s, which has no minor unit and is no currency here',
    (code) => {
      expect(isReservedCode(code)).toBe(true);
      expect(isCurrencyCode(code)).toBe(false);
    },
  );

  it.each(['AAPL', 'BTC', 'usd', ''])('leaves %j free', (code) => {
    expect(isReservedCode(code)).toBe(false);
  });
});
