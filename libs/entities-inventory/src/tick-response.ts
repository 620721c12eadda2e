import { formatDecimal, withoutUndefined } from '@cnop/utils';
import { listResponseSchema, positiveDecimalTextSchema } from '@cnop/validation';
import * as z from 'zod';
import type { Asset } from './asset.ts';
import { tickSchema, type Tick } from './tick.ts';

const { shape } = tickSchema;

/** The shape of a tick in a response: its price as decimal text. */
export const tickResponseSchema = z
  .strictObject({
    asOf: shape.asOf.describe('When the price was observed.'),
    price: positiveDecimalTextSchema,
    source: shape.source,
    acceptedAt: shape.acceptedAt,
    previousAsOf: shape.previousAsOf.describe('`asOf` of the tick before; absent on the first.'),
    executable: shape.executable.describe(
      'Whether it was traded on: accepted in time, within the band, while the asset was ACTIVE.',
    ),
    outOfBand: shape.outOfBand.describe('So far from the reference price that it may be a misprint.'),
    paused: shape.paused.describe('Accepted while triggers were paused: it triggered no standing order.'),
  })
  .describe('An accepted price of an asset.')
  .meta({ title: 'Tick' });

/** A tick as a client of the API sees it: the price as decimal text, in the asset's currency. */
export type TickResponse = z.infer<typeof tickResponseSchema>;

/** What a client is told of a tick. */
export function toTickResponse(tick: Tick, { priceScale }: Pick<Asset, 'priceScale'>): TickResponse {
  return withoutUndefined<TickResponse>({
    asOf: tick.asOf,
    price: formatDecimal(tick.priceMinor, priceScale),
    source: tick.source,
    acceptedAt: tick.acceptedAt,
    previousAsOf: tick.previousAsOf,
    executable: tick.executable,
    outOfBand: tick.outOfBand,
    paused: tick.paused,
  });
}

/** The shape of a page of ticks in a response, the oldest first. */
export const tickListResponseSchema = listResponseSchema(tickResponseSchema).meta({ title: 'TickList' });

/** One page of ticks, the oldest first. */
export type TickListResponse = z.infer<typeof tickListResponseSchema>;

/** A page of ticks, as a DAO reads it. */
export interface TickPage {
  readonly items: readonly Tick[];
  readonly nextCursor?: string | undefined;
}

/** What a client is told of a page of ticks of an asset. */
export function toTickListResponse(
  { items, nextCursor }: TickPage,
  asset: Pick<Asset, 'priceScale'>,
): TickListResponse {
  return {
    items: items.map((tick) => toTickResponse(tick, asset)),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}
