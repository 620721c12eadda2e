export {
  conversionOf,
  type Conversion,
  type ConversionTerms,
  type CurrencyScale,
  type FixedSide,
} from './conversion.ts';
export { fxErrors } from './errors.ts';
export { exchangeRateSchema, RateKind, type ExchangeRate } from './exchange-rate.ts';
export { ratePath, type RateLeg, type RatePath, type RatesOfPair } from './rate-path.ts';
export { MAX_SPREAD_BPS, spreadBpsOf, type SpreadTerms } from './spread.ts';
