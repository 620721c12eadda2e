import { orderRequestHash } from '@cnop/entities-order';
import type { MarketAmounts, MarketOrderCreate } from './market-terms.ts';

/** The fingerprint of a market order, over its amounts in minor units: "1" and "1.0" are one. */
export function marketRequestHash(
  owner: string,
  { orderType, assetId }: MarketOrderCreate,
  { quantityMinor, maxPriceMinor, minPriceMinor }: MarketAmounts,
): string {
  return orderRequestHash(owner, { orderType, assetId, quantityMinor, maxPriceMinor, minPriceMinor });
}
