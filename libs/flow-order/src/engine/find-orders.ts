import type { Tick } from '@cnop/entities-inventory';
import { isStanding, type StandingOrder } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';

/** What is asked of the price indexes. */
export interface PriceSearch {
  readonly assetId: string;
  /** How many parts of an index are read. */
  readonly shards: number;
  /** Of those ticks the extremes alone matter: they find all that any of them makes due. */
  readonly ticks: readonly Tick[];
}

/** How many orders are held at a time. */
const chunkSize = 200;

/**
 * The open orders that the prices of these ticks may make due, from both price indexes, in chunks; an order with two triggers may come
 * twice. What is found is only a hint: each is judged.
 */
export async function* findByPrice(
  { orders }: OrderFlowContext,
  { assetId, shards, ticks }: PriceSearch,
): AsyncGenerator<StandingOrder[], void> {
  const prices = ticks.filter(({ executable, paused }) => executable && !paused).map(({ priceMinor }) => priceMinor);
  const [first, ...others] = prices;
  if (first === undefined) return;
  const highest = others.reduce((extreme, price) => (price > extreme ? price : extreme), first);
  const lowest = others.reduce((extreme, price) => (price < extreme ? price : extreme), first);
  let chunk: StandingOrder[] = [];

  for (const query of [
    { direction: 'RISE', priceMinor: highest },
    { direction: 'FALL', priceMinor: lowest },
  ] as const) {
    for (let shard = 0; shard < shards; shard += 1) {
      for await (const order of orders.dueOrders({ assetId, shard, ...query })) {
        if (isStanding(order)) chunk.push(order);
        if (chunk.length < chunkSize) continue;
        yield chunk;
        chunk = [];
      }
    }
  }
  if (chunk.length > 0) yield chunk;
}
