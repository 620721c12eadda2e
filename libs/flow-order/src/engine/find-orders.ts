import type { Tick } from '@cnop/entities-inventory';
import { isStanding, type StandingOrder } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { inChunks } from '../standing/in-chunks.ts';

/** What is asked of the price indexes. */
export interface PriceSearch {
  readonly assetId: string;
  /** How many parts of an index are read. */
  readonly shards: number;
  /** The highest and the lowest price find all that any price between them makes due. */
  readonly extremes: PriceExtremes | undefined;
}

/** The highest and the lowest price at which something may be due. */
export interface PriceExtremes {
  readonly highest: bigint;
  readonly lowest: bigint;
}

/** The extremes of ticks that may trigger; `undefined` where none may. */
export function extremesOf(
  ticks: readonly Pick<Tick, 'executable' | 'paused' | 'priceMinor'>[],
): PriceExtremes | undefined {
  const prices = ticks.filter(({ executable, paused }) => executable && !paused).map(({ priceMinor }) => priceMinor);
  const [first, ...others] = prices;

  return first === undefined
    ? undefined
    : others.reduce((extremes, price) => widened(extremes, price), { highest: first, lowest: first });
}

/** Extremes that hold one more price. */
export const widened = ({ highest, lowest }: PriceExtremes, price: bigint): PriceExtremes => ({
  highest: price > highest ? price : highest,
  lowest: price < lowest ? price : lowest,
});

/** How many orders are held at a time. */
const chunkSize = 200;

/**
 * The open orders that prices within these extremes may make due, from both price indexes, in chunks; an order with two triggers may come
 * twice. What is found is only a hint: each is judged.
 */
export async function* findByPrice(
  { orders }: OrderFlowContext,
  { assetId, shards, extremes }: PriceSearch,
): AsyncGenerator<StandingOrder[], void> {
  if (!extremes) return;
  const { highest, lowest } = extremes;

  for (const query of [
    { direction: 'RISE', priceMinor: highest },
    { direction: 'FALL', priceMinor: lowest },
  ] as const) {
    for (let shard = 0; shard < shards; shard += 1) {
      for await (const chunk of inChunks(orders.dueOrders({ assetId, shard, ...query }), chunkSize))
        yield chunk.filter(isStanding);
    }
  }
}
