import type { Asset } from '@cnop/entities-inventory';
import {
  createOrderJudge,
  isTrail,
  sideOf,
  watermarkOf,
  type Due,
  type StandingOrder,
  type WatermarkLadder,
} from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';

/** What the log of ticks says of an order. */
export interface Judged {
  /** The first tick at which it is due; `undefined` where it is not. */
  readonly due?: Due;
  /** Whether a tick at or after its expiry has been accepted. */
  readonly isPast: boolean;
  /** Of a trail, its watermark at the newest tick that was judged. */
  readonly watermarkMinor: bigint | undefined;
}

/** Up to where the log of an asset is read. */
interface LogOfAsset extends Pick<Asset, 'assetId' | 'priceAsOf'> {
  /** From the order's own beginning, whatever a checkpoint says: of an order that was out of reach of triggers, or found very late. */
  readonly fromBeginning?: boolean;
}

/** How late an index may show an order: one that was written earlier was found at every tick that a checkpoint has left behind. */
export const lateVisibilityMs = 600_000;

/**
 * Judges an order by the log up to the newest tick that the asset names; the first tick that is due ends it. Strongly consistent. It looks
 * from the order's beginning, or from the checkpoint of the asset where the order was worked off up to that. Costs half a read unit for
 * some 36 ticks, and what the checkpoint costs.
 *
 * @throws TickLogGapError when the log cannot be read in full.
 */
export async function judgeByLog(
  context: Pick<OrderFlowContext, 'assets' | 'triggers'>,
  order: StandingOrder,
  { assetId, priceAsOf, fromBeginning = false }: LogOfAsset,
): Promise<Judged> {
  const known = priceAsOf === undefined || fromBeginning ? order : await workedOffUpTo(context, order, priceAsOf);
  const judge = createOrderJudge(known);

  if (priceAsOf !== undefined && priceAsOf > known.activeAsOf) {
    for await (const tick of context.assets.ticks({ assetId, after: known.activeAsOf, upTo: priceAsOf })) {
      const due = judge.next(tick);
      if (due) return { due, isPast: false, watermarkMinor: judge.watermarkMinor };
      if (judge.isPast) break;
    }
  }
  return { isPast: judge.isPast, watermarkMinor: judge.watermarkMinor };
}

/** The same order as if it began at the checkpoint, with the watermark that it has by then, where all before was worked off. */
async function workedOffUpTo(
  { triggers }: Pick<OrderFlowContext, 'triggers'>,
  order: StandingOrder,
  priceAsOf: string,
): Promise<StandingOrder> {
  if (!isBefore(order, priceAsOf)) return order;
  const checkpoint = await triggers.loadCheckpoint(order.assetId);
  if (!checkpoint || !isBefore(order, checkpoint.asOf)) return order;

  return { ...order, activeAsOf: checkpoint.asOf, ...markAt(order, checkpoint) };
}

/**
 * Whether an order began and was last written so long before a tick that an index showed it at each one since. Where ticks are rare its
 * beginning says little of when it was written.
 */
export const isBefore = ({ activeAsOf, updatedAt }: StandingOrder, asOf: string): boolean =>
  [activeAsOf, updatedAt].every((at) => Date.parse(at) + lateVisibilityMs < Date.parse(asOf));

/** The better of an order's own watermark and the one that its ladder gives. */
export function markAt(
  order: StandingOrder,
  { high, low }: { readonly high: WatermarkLadder; readonly low: WatermarkLadder },
): { watermarkMinor?: bigint | undefined } {
  if (!isTrail(order)) return {};
  const isSell = sideOf(order.orderType) === 'SELL';
  const own = order.watermarkMinor;
  const mark = watermarkOf(isSell ? high : low, order.activeAsOf);
  const isBetter = mark !== undefined && (own === undefined || (isSell ? mark > own : mark < own));

  return { watermarkMinor: isBetter ? mark : own };
}

/** The watermark of a trail at the newest tick, whatever was due before: of an order that the ticks do not fill. */
export async function watermarkByLog(
  context: Pick<OrderFlowContext, 'assets' | 'triggers'>,
  order: StandingOrder,
  { assetId, priceAsOf }: Pick<Asset, 'assetId' | 'priceAsOf'>,
): Promise<bigint | undefined> {
  if (priceAsOf === undefined || priceAsOf <= order.activeAsOf) return order.watermarkMinor;
  const known = await workedOffUpTo(context, order, priceAsOf);
  const judge = createOrderJudge(known);

  for await (const tick of context.assets.ticks({ assetId, after: known.activeAsOf, upTo: priceAsOf }))
    judge.next(tick);
  return judge.watermarkMinor;
}
