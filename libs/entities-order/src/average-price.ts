import { formatDecimal, MAX_SCALE } from '@cnop/utils';

import { filledQuantityOf, type OrderFill } from './order.ts';

/**
 * The mean price of some fills, weighted by quantity, as decimal text.
 *
 * With at least `priceScale` decimals and as many more as it takes to be exact; a mean that 18 decimals cannot hold is cut off there.
 *
 * @returns undefined when there are no fills.
 */
export function averagePriceOf(fills: readonly OrderFill[], priceScale: number): string | undefined {
  const quantity = filledQuantityOf(fills);
  if (quantity === 0n) {
    return undefined;
  }

  let weighted = fills.reduce((sum, fill) => sum + fill.priceMinor * fill.quantityMinor, 0n);
  let scale = priceScale;
  while (weighted % quantity !== 0n && scale < MAX_SCALE) {
    weighted *= 10n;
    scale += 1;
  }

  return formatDecimal(weighted / quantity, scale);
}
