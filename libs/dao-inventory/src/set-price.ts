import { executeWrite, type Database, type RawItem } from '@cnop/database-core';
import { inventoryErrors, type Asset } from '@cnop/entities-inventory';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import { ValidationError, type DomainError } from '@cnop/exceptions';
import { parseDecimal } from '@cnop/utils';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { z } from 'zod';
import type { assetPriceSchema } from './asset-inputs.ts';
import type { AssetContext } from './inventory-table.ts';
import { getAsset } from './read-asset.ts';

/** How far the clock of a price feed may be ahead of ours. */
const maxAheadMs = 60_000;

type Price = Required<Pick<Asset, 'assetId' | 'priceMinor' | 'priceAsOf' | 'priceSource'>>;

/** Stores a price unless a newer one is stored; see `AssetDao.setPrice`. */
export async function setPrice(
  context: AssetContext,
  { assetId, price, asOf, source }: z.output<typeof assetPriceSchema>,
): Promise<Asset> {
  const { database, table } = context;
  assertNotAhead(database, asOf);
  // The scale never changes, so it cannot be another one by the time of the write.
  const { priceScale } = await getAsset(context, assetId);
  const priceMinor = parseDecimal(price, priceScale, 'price');
  const priced: Price = { assetId, priceMinor, priceAsOf: asOf, priceSource: source };
  const writeId = database.ids.ulid();
  const { Update } = table.asset
    .build(UpdateTransaction)
    .item({
      ...assetKey(assetId),
      priceMinor,
      priceAsOf: asOf,
      priceSource: source,
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({
      condition: {
        and: [
          { attr: 'pk', exists: true },
          {
            or: [
              { attr: 'priceAsOf', exists: false },
              { attr: 'priceAsOf', lt: asOf },
            ],
          },
        ],
      },
    })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'setPrice',
    reference: { assetId },
    guard: { write: { Update }, writeId, onConditionFailed: (oldItem) => outdated(priced, oldItem) },
  });
  return item ? fromAssetItem(item) : await getAsset(context, assetId);
}

function assertNotAhead({ clock }: Database, asOf: string): void {
  if (Date.parse(asOf) > clock.now().getTime() + maxAheadMs) {
    const message = 'A price is not from the future.';
    throw new ValidationError({ issues: [{ pointer: '/asOf', rule: 'too_far_ahead', message }] });
  }
}

/** The very same price again is a replay. Of two different ones of one instant the first stays. */
function outdated({ assetId, ...price }: Price, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) return new inventoryErrors.AssetNotFoundError({ assetId });

  const { priceMinor, priceAsOf = '', priceSource } = fromAssetItem(oldItem);
  const isSame = priceAsOf === price.priceAsOf && priceMinor === price.priceMinor && priceSource === price.priceSource;
  return isSame
    ? undefined
    : new inventoryErrors.PriceOutdatedError({ assetId, asOf: price.priceAsOf, currentAsOf: priceAsOf });
}
