import { executeWrite, type RawItem } from '@cnop/database-core';
import { inventoryErrors, isTooFarAhead, priceUpdateSchema, type Asset } from '@cnop/entities-inventory';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { parseDecimal } from '@cnop/utils';
import { assetIdSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import type * as z from 'zod';
import { inventoryEntities } from './inventory-entities.ts';
import { getAsset, type AssetContext } from './inventory-table.ts';

/** Accepts a price for an asset. */
export const assetPriceSchema = priceUpdateSchema.extend({ assetId: assetIdSchema });

/** A price for an asset: decimal text in its currency, when it was observed, and by whom. */
export type AssetPrice = z.input<typeof assetPriceSchema>;

type Price = Required<Pick<Asset, 'assetId' | 'priceMinor' | 'priceAsOf' | 'priceSource'>>;

/** Stores a price unless one is stored that was observed later; the very same one again changes nothing. */
export async function setPrice(
  context: AssetContext,
  { assetId, price, asOf, source }: z.output<typeof assetPriceSchema>,
): Promise<Asset> {
  const { database } = context;
  // The scale never changes, so it cannot be another one by the time of the write.
  const { priceScale } = await getAsset(context, assetId);
  assertNotAhead(context, asOf);
  const priceMinor = parseDecimal(price, priceScale, 'price');
  const priced: Price = { assetId, priceMinor, priceAsOf: asOf, priceSource: source };
  const writeId = database.ids.ulid();
  const { Update } = inventoryEntities(database)
    .asset.build(UpdateTransaction)
    .item({
      ...assetKey(assetId),
      priceMinor,
      priceAsOf: asOf,
      priceSource: source,
      updatedAt: database.clock.now().toISOString(),
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

/** By a clock that is wrong no price is judged: a feed would take the refusal for final. */
function assertNotAhead({ database, maxPriceAheadMs }: AssetContext, asOf: string): void {
  const clockOff = database.clockWatch.refusal();
  if (clockOff) throw clockOff;
  if (isTooFarAhead(asOf, database.clock.now(), maxPriceAheadMs)) {
    const message = `A price is at most ${maxPriceAheadMs} ms ahead of our clock.`;
    throw new sharedErrors.ValidationError({ issues: [{ pointer: '/asOf', rule: 'too_far_ahead', message }] });
  }
}

/** The very same price again is a replay. Of two different ones of one instant the first stays. */
function outdated({ assetId, ...price }: Price, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) return new inventoryErrors.AssetNotFoundError({ assetId });

  const { priceMinor, priceAsOf = '', priceSource } = fromAssetItem(oldItem);
  const isSame = priceAsOf === price.priceAsOf && priceMinor === price.priceMinor && priceSource === price.priceSource;
  if (isSame) return undefined;

  return priceAsOf === price.priceAsOf
    ? new inventoryErrors.PriceExistsError({ assetId, asOf: priceAsOf })
    : new inventoryErrors.PriceOutdatedError({ assetId, asOf: price.priceAsOf, currentAsOf: priceAsOf });
}
