export {
  convertAmount,
  type ConvertAmountOptions,
  formatDecimal,
  type Fraction,
  MAX_DECIMAL_LENGTH,
  MAX_MINOR,
  MAX_SCALE,
  multiplyAmounts,
  type MultiplyAmountsOptions,
  parseDecimal,
  type Rounding,
} from './decimal.ts';
export { type Hashable, type HashableBody, requestHash } from './request-hash.ts';
export { type Clock, createManualClock, type ManualClock, sleep, type Sleep, systemClock } from './clock.ts';
export { decodeCursor, encodeCursor, MAX_CURSOR_LENGTH } from './cursor.ts';
export { createIds, type IdSource, type IdSourceOptions, uuidFromName } from './id-source.ts';
export { fullJitterDelay, type RetryPolicy } from './retry-policy.ts';
export type { IndexShape, KeyAttribute, TableShape } from './table-shape.ts';
export { withoutUndefined } from './without-undefined.ts';
