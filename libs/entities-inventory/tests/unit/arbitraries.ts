import { AssetCategory, AssetStatus, type Asset, type Tick } from '@cnop/entities-inventory';
import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { assetIdSchema } from '@cnop/validation';
import fc from 'fast-check';

/** Small amounts, which the document client reads as `number`, and large ones, which it reads as `bigint`. */
const positiveMinors = fc.oneof(fc.bigInt(1n, 1_000_000n), fc.bigInt(1n, MAX_MINOR));
export const assetIds = fc
  .stringMatching(/^[A-Z][A-Z0-9.-]{0,19}$/)
  .filter((assetId) => assetIdSchema.safeParse(assetId).success);
const scales = fc.integer({ min: 0, max: MAX_SCALE });
const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'BHD');

const timestamps = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const texts = fc.stringMatching(/^[A-Za-zÀ-ž][A-Za-zÀ-ž .&-]{0,60}$/);

const required = {
  assetId: assetIds,
  name: texts,
  category: fc.constantFrom(...Object.values(AssetCategory)),
  currency: currencies,
  decimals: scales,
  priceScale: scales,
  status: fc.constantFrom(...Object.values(AssetStatus)),
  minQuantityMinor: positiveMinors,
  minNotionalMinor: positiveMinors,
  createdAt: timestamps,
  updatedAt: timestamps,
  termsVersion: fc.integer({ min: 1, max: 1_000_000 }),
};

const optional = {
  description: texts,
  priceMinor: positiveMinors,
  priceAsOf: timestamps,
  priceSource: texts,
  outOfBand: fc.constant(true as const),
  executablePriceMinor: positiveMinors,
  executableAsOf: timestamps,
  executableSource: texts,
  triggersPaused: fc.constant(true as const),
  maxTickMoveBps: fc.integer({ min: 1, max: 9_999 }),
  execution: fc.constantFrom('PLATFORM', 'VENUE'),
  maxFills: fc.integer({ min: 1, max: 32 }),
  triggerShards: fc.integer({ min: 1, max: 64 }),
  triggerReadShards: fc.integer({ min: 1, max: 64 }),
};

/** Every valid asset, sensible or not: the fields are independent of one another. */
export const assets: fc.Arbitrary<Asset> = fc.record(
  { ...required, ...optional },
  { requiredKeys: Object.keys(required) as (keyof typeof required)[], noNullPrototype: true },
);

const requiredOfTick = {
  assetId: assetIds,
  asOf: timestamps,
  priceMinor: positiveMinors,
  source: texts,
  acceptedAt: timestamps,
  executable: fc.boolean(),
};

/** Every valid tick, sensible or not. */
export const ticks: fc.Arbitrary<Tick> = fc.record(
  {
    ...requiredOfTick,
    previousAsOf: timestamps,
    outOfBand: fc.constant(true as const),
    paused: fc.constant(true as const),
  },
  { requiredKeys: Object.keys(requiredOfTick) as (keyof typeof requiredOfTick)[], noNullPrototype: true },
);
