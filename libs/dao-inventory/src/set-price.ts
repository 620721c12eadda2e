import { executeWrite, putIfAbsent, type RawItem, type WriteAction } from '@cnop/database-core';
import {
  afterTick,
  inventoryErrors,
  isTooFarAhead,
  judgeTick,
  priceUpdateSchema,
  type Asset,
  type Tick,
} from '@cnop/entities-inventory';
import { assetKey, fromAssetItem, fromTickItem, toTickItem } from '@cnop/entities-inventory/table';
import { type DomainError, isDomainError, sharedErrors } from '@cnop/exceptions';
import { fullJitterDelay, parseDecimal } from '@cnop/utils';
import { assetIdSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type * as z from 'zod';
import { inventoryEntities } from './inventory-entities.ts';
import { getAsset, type AssetContext } from './inventory-table.ts';

/** Accepts a price for an asset. */
export const assetPriceSchema = priceUpdateSchema.extend({ assetId: assetIdSchema });

/** A price for an asset: decimal text in its currency, when it was observed, and by whom. */
export type AssetPrice = z.input<typeof assetPriceSchema>;

type Price = Pick<Tick, 'assetId' | 'asOf' | 'priceMinor' | 'source'>;

/** How often a price is judged anew at most because its asset has changed, and how long is waited before that. */
const persistently = { maxAttempts: 100, baseDelayMs: 5, maxDelayMs: 20 };

/** Accepts a price as the next tick of its asset, unless one is stored that was observed later. */
export async function setPrice(
  context: AssetContext,
  { assetId, price, asOf, source }: z.output<typeof assetPriceSchema>,
): Promise<Asset> {
  const { database, maxPriceAgeMs } = context;
  let asset = await getAsset(context, assetId);
  assertNotAhead(context, asOf);
  // The scale never changes, so it cannot be another one by the time of the write.
  const priced: Price = { assetId, asOf, priceMinor: parseDecimal(price, asset.priceScale, 'price'), source };
  // One for all writes of this call: whichever of them put the tick, the others find it there.
  const writeId = database.ids.ulid();

  for (let attempt = 1; ; attempt += 1) {
    if (isStored(asset, priced)) return asset;
    const tick = judgeTick(asset, priced, { acceptedAt: database.clock.now().toISOString(), maxPriceAgeMs });
    const written = await writeTick(context, { asset, tick, writeId });
    if (!written.hasChanged) return written.asset;
    if (attempt >= persistently.maxAttempts) throw new sharedErrors.ContentionError({ attempts: attempt });

    ({ asset } = written);
    await database.sleep(fullJitterDelay(attempt, persistently, database.random));
  }
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

/** Whether an asset carries this very price. Of two different ones of one instant the first stays. */
function isStored({ assetId, priceMinor, priceAsOf, priceSource }: Asset, price: Price): boolean {
  if (priceAsOf === undefined || priceAsOf < price.asOf) return false;
  if (priceAsOf > price.asOf) {
    throw new inventoryErrors.PriceOutdatedError({ assetId, asOf: price.asOf, currentAsOf: priceAsOf });
  }
  if (priceMinor === price.priceMinor && priceSource === price.source) return true;

  throw new inventoryErrors.PriceExistsError({ assetId, asOf: priceAsOf });
}

interface TickWrite {
  /** The asset by which the tick was judged. */
  readonly asset: Asset;
  readonly tick: Tick;
  readonly writeId: string;
}

interface TickWritten {
  /** Whether another price or a change of terms came first: then nothing was written, and nothing of it ever will be. */
  readonly hasChanged: boolean;
  /** The asset as it is then. */
  readonly asset: Asset;
}

/**
 * Puts a tick and makes it the price of its asset, if that still is as it was when the tick was judged.
 *
 * The time of the price and the version of the terms only grow. So where they have moved on and the tick is not there, no earlier
 * attempt has taken effect, nor can it any more, whatever became known of it.
 */
async function writeTick(context: AssetContext, { asset, tick, writeId }: TickWrite): Promise<TickWritten> {
  const { database, table } = context;
  const { assetId } = asset;
  const changed = new sharedErrors.ContentionError({ attempts: 1 });
  let changedTo: Asset | undefined;

  const onAssetChanged = (oldItem: RawItem | undefined): DomainError => {
    if (!oldItem) return new inventoryErrors.AssetNotFoundError({ assetId });

    changedTo = fromAssetItem(oldItem);
    return changed;
  };
  try {
    const { replayed } = await executeWrite(database, {
      operation: 'setPrice',
      reference: { assetId },
      guard: {
        write: putIfAbsent(table.tableName, toTickItem(tick, { writeId })),
        writeId,
        onConditionFailed: (oldItem) => otherTick(tick, oldItem),
      },
      actions: [{ ...priceUpdate(context, asset, tick), onConditionFailed: onAssetChanged }],
    });
    return { hasChanged: false, asset: replayed ? await getAsset(context, assetId) : afterTick(asset, tick) };
  } catch (error) {
    if (changedTo && (error === changed || isUnknownFor(error, changed))) return { hasChanged: true, asset: changedTo };

    throw error;
  }
}

const isUnknownFor = (error: unknown, cause: DomainError): boolean =>
  isDomainError(error) && error.code === 'OUTCOME_UNKNOWN' && error.cause === cause;

/** The very same price again is a replay. */
function otherTick({ assetId, asOf, priceMinor, source }: Tick, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) throw new Error('An absent tick cannot block a put.');

  const tick = fromTickItem(oldItem);
  return tick.priceMinor === priceMinor && tick.source === source
    ? undefined
    : new inventoryErrors.PriceExistsError({ assetId, asOf });
}

/** The update of the asset whose conditions are all that the tick was judged by. */
function priceUpdate({ database }: AssetContext, asset: Asset, tick: Tick): Pick<WriteAction, 'write'> {
  const { assetId, priceAsOf, termsVersion } = asset;
  const { asOf, priceMinor, source, acceptedAt, executable, outOfBand } = tick;
  const { Update } = inventoryEntities(database)
    .asset.build(UpdateTransaction)
    .item({
      ...assetKey(assetId),
      priceMinor,
      priceAsOf: asOf,
      priceSource: source,
      ...(outOfBand ? { outOfBand } : asset.outOfBand && { outOfBand: $remove() }),
      ...(executable && { executablePriceMinor: priceMinor, executableAsOf: asOf, executableSource: source }),
      updatedAt: acceptedAt,
    })
    .options({
      condition: {
        and: [
          { attr: 'termsVersion', eq: termsVersion },
          priceAsOf === undefined ? { attr: 'priceAsOf', exists: false } : { attr: 'priceAsOf', eq: priceAsOf },
        ],
      },
    })
    .params();

  return { write: { Update } };
}
