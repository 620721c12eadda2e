import { createIds, createManualClock, formatDecimal, multiplyAmounts, parseDecimal } from '@cnop/utils';

const costMinor = multiplyAmounts({
  priceMinor: parseDecimal('187.3301', 4),
  priceScale: 4,
  quantityMinor: parseDecimal('0.125', 8),
  quantityScale: 8,
  resultScale: 2,
  rounding: 'up', // the user pays
});
console.log(formatDecimal(costMinor, 2)); // 23.42

const ids = createIds({ clock: createManualClock('2026-01-02T03:04:05Z') });
console.log(ids.ulid().slice(0, 10)); // 01KDYAK348: the time, then randomness
