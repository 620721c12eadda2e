import { data } from 'currency-codes';
import { currencyErrors } from './errors.ts';

/**
 * Metals, bond units, funds and the test and "no currency" codes: ISO 4217 gives them no minor unit, so no amount can
 * be kept in them.
 */
const WITHOUT_MINOR_UNIT = new Set([
  'XAG',
  'XAU',
  'XBA',
  'XBB',
  'XBC',
  'XBD',
  'XDR',
  'XPD',
  'XPT',
  'XSU',
  'XTS',
  'XUA',
  'XXX',
]);

/**
 * Codes that ISO added after the list that currency-codes carries: the Caribbean guilder and the Arab Accounting Dinar.
 */
const ADDED_SINCE = [
  { code: 'XAD', digits: 2 },
  { code: 'XCG', digits: 2 },
];

const allCodes = [...data, ...ADDED_SINCE];
const reservedCodes = new Set(allCodes.map(({ code }) => code));
const scales = new Map(
  allCodes.filter(({ code }) => !WITHOUT_MINOR_UNIT.has(code)).map(({ code, digits }) => [code, digits]),
);

/**
 * The ISO 4217 codes of currencies in which an amount can be kept, sorted: those that have a scale.
 *
 * @see https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html
 */
export const isoCurrencyCodes: readonly string[] = [...scales.keys()].sort();

/** Whether the code is one of {@link isoCurrencyCodes}; codes are upper-case. */
export function isCurrencyCode(code: string): boolean {
  return scales.has(code);
}

/** Whether ISO 4217 has the code, with a scale or without one (gold, XAU): no asset may then bear it. */
export function isReservedCode(code: string): boolean {
  return reservedCodes.has(code);
}

/**
 * The scale of a currency: how many decimals ISO 4217 gives it (USD 2, JPY 0, BHD 3).
 *
 * @throws {@link currencyErrors.CurrencyNotRegisteredError} when the code is not one of {@link isoCurrencyCodes}.
 */
export function currencyScale(code: string): number {
  const scale = scales.get(code);
  if (scale === undefined) {
    throw new currencyErrors.CurrencyNotRegisteredError({ code });
  }
  return scale;
}
