import type { StreamRecord } from '@cnop/stream-records/lambda';

/** A price that has moved. */
export interface PriceSignal {
  readonly assetId: string;
  readonly priceAsOf: string;
}

/** The price that a change of the inventory table has moved, if it is a change of an asset that moved one. */
export function findPriceSignal({ newItem, oldItem }: StreamRecord): PriceSignal | undefined {
  const { sk, assetId, priceAsOf } = newItem ?? {};
  if (sk !== 'ASSET' || typeof assetId !== 'string' || typeof priceAsOf !== 'string') return undefined;

  return priceAsOf === oldItem?.['priceAsOf'] ? undefined : { assetId, priceAsOf };
}
