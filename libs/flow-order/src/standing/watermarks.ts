import { cachedReads } from '@cnop/database-core';
import {
  climb,
  isOpen,
  isStanding,
  isTrail,
  type Order,
  type ShownWatermark,
  type WatermarkLadder,
} from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { markAt } from './judge-by-log.ts';

interface Ladders {
  readonly asOf: string;
  readonly high: WatermarkLadder;
  readonly low: WatermarkLadder;
}

/** Tells the watermark of a trail as of now, exact to the second; `undefined` of an order that does not trail, or is over. */
export type Watermarks = (order: Order) => Promise<ShownWatermark | undefined>;

/**
 * Makes what tells watermarks. The ladders of an asset, those of its checkpoint with the ticks since, are read once a second, whatever
 * the number of orders that are shown.
 */
export function createWatermarks(context: Pick<OrderFlowContext, 'triggers' | 'assets' | 'clock'>): Watermarks {
  const laddersOf = cachedReads({
    read: (assetId: string) => readLadders(context, assetId),
    clock: context.clock,
    ttlMs: 900,
    maxKeys: 1_000,
  });

  return async (order) => {
    if (!isTrail(order) || !isStanding(order) || !isOpen(order.status) || order.triggeredAt !== undefined)
      return undefined;
    const ladders = await laddersOf(order.assetId);
    const { watermarkMinor } = markAt(order, ladders);
    const asOf = ladders.asOf > order.activeAsOf ? ladders.asOf : order.activeAsOf;

    return watermarkMinor === undefined ? undefined : { watermarkMinor, asOf };
  };
}

/** Without a checkpoint the whole log is read, which covers every open order. */
async function readLadders(
  { triggers, assets }: Pick<OrderFlowContext, 'triggers' | 'assets'>,
  assetId: string,
): Promise<Ladders> {
  const checkpoint = await triggers.loadCheckpoint(assetId);
  const { priceAsOf } = await assets.getAsset(assetId);
  const ladders = { asOf: checkpoint?.asOf ?? '', high: checkpoint?.high ?? [], low: checkpoint?.low ?? [] };
  if (priceAsOf === undefined || priceAsOf <= ladders.asOf) return ladders;

  const after = checkpoint ? { after: checkpoint.asOf } : {};
  for await (const { executable, asOf, priceMinor } of assets.ticks({ assetId, ...after, upTo: priceAsOf })) {
    ladders.asOf = asOf;
    if (!executable) continue;
    ladders.high = climb(ladders.high, 'HIGH', { asOf, priceMinor });
    ladders.low = climb(ladders.low, 'LOW', { asOf, priceMinor });
  }
  return ladders;
}
