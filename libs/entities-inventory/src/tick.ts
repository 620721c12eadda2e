import { withoutUndefined } from '@cnop/utils';
import { assetIdSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import { AssetStatus, positiveMinorSchema, priceSourceNameSchema, type Asset } from './asset.ts';

/** Accepts a {@link Tick}. */
export const tickSchema = z.object({
  assetId: assetIdSchema,
  asOf: timestampSchema,
  priceMinor: positiveMinorSchema,
  source: priceSourceNameSchema,
  acceptedAt: timestampSchema,
  previousAsOf: timestampSchema.optional(),
  executable: z.boolean(),
  outOfBand: z.literal(true).optional(),
  paused: z.literal(true).optional(),
});

/**
 * An accepted price of an asset. The ticks of an asset are a chain: `asOf`, when the price was observed, only grows, and `previousAsOf`
 * names the tick before, absent on the first.
 *
 * `priceMinor` is in minor units at the asset's `priceScale`, for one whole unit of it; `acceptedAt` is our clock. An `executable` tick
 * may be traded on; one that is `paused` too triggers no standing order. `outOfBand` marks a price so far from the reference price that
 * it may be a misprint.
 */
export type Tick = z.infer<typeof tickSchema>;

/** How old a price may be when it is accepted and still be traded on, in milliseconds, unless a deployment sets another bound. */
export const MAX_PRICE_AGE_MS = 60_000;

const DAY_MS = 24 * 3_600_000;

/** How long a tick is kept after it was accepted, in milliseconds: as long as an order may rest, 90 days, and 7 more. */
export const TICK_KEPT_MS = 97 * DAY_MS;

/** What an asset must say for a price of it to be judged. */
export type TickTerms = Pick<
  Asset,
  | 'assetId'
  | 'status'
  | 'triggersPaused'
  | 'maxTickMoveBps'
  | 'priceMinor'
  | 'priceAsOf'
  | 'outOfBand'
  | 'executablePriceMinor'
>;

/** By what a price is judged besides its asset. */
export interface TickJudgement {
  /** Our clock when the price is accepted, ISO 8601 UTC in milliseconds. */
  readonly acceptedAt: string;
  /** How old it may be then, in milliseconds. Default {@link MAX_PRICE_AGE_MS}. */
  readonly maxPriceAgeMs?: number;
}

/**
 * The tick that a price becomes when it is accepted after the one that the asset carries.
 *
 * Executable if the asset is ACTIVE, the price at most `maxPriceAgeMs` old, and within `maxTickMoveBps` of the reference price, or of a
 * tick directly before it that was out of band: that one is confirmed by it, and the band starts from there. Where the asset has no
 * band or no reference price yet, any price is within. A tick that could confirm but is not executable for another reason is out of
 * band itself, and may be confirmed in turn.
 *
 * @param price - observed later than the one that the asset carries.
 */
export function judgeTick(
  asset: TickTerms,
  price: Pick<Tick, 'asOf' | 'priceMinor' | 'source'>,
  { acceptedAt, maxPriceAgeMs = MAX_PRICE_AGE_MS }: TickJudgement,
): Tick {
  const { assetId, priceAsOf: previousAsOf, executablePriceMinor: reference, triggersPaused } = asset;
  const { asOf, priceMinor, source } = price;
  const isTimely = Date.parse(acceptedAt) - Date.parse(asOf) <= maxPriceAgeMs;
  const mayBeExecutable = asset.status === AssetStatus.ACTIVE && isTimely;
  const isNearReference = isWithin(asset, priceMinor, reference);
  const isConfirming = asset.outOfBand === true && isWithin(asset, priceMinor, asset.priceMinor);
  const executable = mayBeExecutable && (isNearReference || isConfirming);

  return withoutUndefined<Tick>({
    assetId,
    asOf,
    priceMinor,
    source,
    acceptedAt,
    previousAsOf,
    executable,
    outOfBand: isNearReference || executable ? undefined : true,
    paused: executable && triggersPaused ? true : undefined,
  });
}

const BPS = 10_000n;

/** Whether a price is within the band around another one; equality is within. */
function isWithin({ maxTickMoveBps }: TickTerms, priceMinor: bigint, from: bigint | undefined): boolean {
  if (maxTickMoveBps === undefined || from === undefined) return true;

  const move = priceMinor > from ? priceMinor - from : from - priceMinor;
  return move * BPS <= from * BigInt(maxTickMoveBps);
}

/** What an asset carries once it has accepted a tick: its price, and its reference price if the tick is executable. */
export function afterTick<TAsset extends Asset>(asset: TAsset, tick: Tick): TAsset {
  const { asOf, priceMinor, source, acceptedAt, executable, outOfBand } = tick;
  const reference = executable && {
    executablePriceMinor: priceMinor,
    executableAsOf: asOf,
    executableSource: source,
  };

  return withoutUndefined<TAsset>({
    ...asset,
    priceMinor,
    priceAsOf: asOf,
    priceSource: source,
    outOfBand,
    ...reference,
    updatedAt: acceptedAt,
  });
}
