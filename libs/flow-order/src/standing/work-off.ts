import { sharedErrors } from '@cnop/exceptions';
import { isOpen, isStanding, type Order, type StandingOrder } from '@cnop/entities-order';
import type { Asset } from '@cnop/entities-inventory';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { carryOut } from './carry-out.ts';
import { judgeByLog } from './judge-by-log.ts';

/** How often a step is derived anew because another write came first. */
const attemptsAtMost = 10;

/** An order with all done that the ticks accepted so far make due. */
export interface WorkedOff {
  readonly order: Order;
  /** Whether a tick at or after its expiry has been accepted, or our clock has passed it. */
  readonly isPast: boolean;
  /** Of a trail, its watermark at the newest tick. */
  readonly watermarkMinor: bigint | undefined;
  /** The asset that the newest tick was read from. */
  readonly asset: Asset;
}

/**
 * Does what is due of an open order at the ticks accepted so far: whoever cancels or amends acts after all that they could have known. An
 * order that was set aside, or that a venue executes, is not judged.
 *
 * @throws {@link sharedErrors.ContentionError} when other writes keep coming first.
 */
export async function workOff(
  context: OrderFlowContext,
  order: Order,
  { fromBeginning = false }: { readonly fromBeginning?: boolean } = {},
): Promise<WorkedOff> {
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    const asset = await context.assets.getAsset(current.assetId);
    const isPast = hasPassed(current, [context.clock.now().toISOString(), asset.priceAsOf]);
    const known = { order: current, isPast, watermarkMinor: undefined, asset };
    if (!isOpen(current.status) || !isJudged(current)) return known;

    const judged = await judgeByLog(context, current, { ...asset, fromBeginning });
    if (!judged.due) return { ...known, isPast: isPast || judged.isPast, watermarkMinor: judged.watermarkMinor };

    ({ order: current } = await carryOut(context, current, { due: judged.due, triggers: asset }));
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}

const hasPassed = ({ expiresAt }: Order, times: readonly (string | undefined)[]): boolean =>
  expiresAt !== undefined && times.some((at) => at !== undefined && at >= expiresAt);

const isJudged = (order: Order): order is StandingOrder =>
  isStanding(order) && order.setAsideAt === undefined && order.execution === undefined;
