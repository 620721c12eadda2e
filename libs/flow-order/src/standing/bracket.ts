import type { WriteAction } from '@cnop/database-core';
import { holdPostings } from '@cnop/entities-ledger';
import {
  exitIdFor,
  isOpen,
  orderRequestHash,
  type ExitTerms,
  type Order,
  type StandingOrder,
} from '@cnop/entities-order';
import { withoutUndefined } from '@cnop/utils';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { FillRequest } from './fill-amounts.ts';
import { nextVersion, orderEntry, shardsOf, type SharedTriggers } from './order-step.ts';

/** What a fill of a bracket's entry does to its exits. */
export interface ExitPart {
  readonly exits: NonNullable<Order['exits']>;
  /** The exit, its hold, and the credit of what was bought, which is held at once. */
  readonly actions: readonly WriteAction[];
}

/** A fill of an entry: the tick that made it, or the newest one where a venue did. */
interface EntryFill extends Pick<FillRequest, 'priceMinor' | 'quantityMinor' | 'tickAsOf'> {
  readonly at: string;
  readonly triggers: SharedTriggers;
}

/** Where an exit begins: the tick after which it may be due, and the watermark of a trail at that tick. */
interface ExitBeginning {
  readonly activeAsOf: string;
  readonly watermarkMinor: bigint;
}

/**
 * Lets the exits of a bracket follow a fill of its entry: the first fill places an OCO_SELL of what was bought, a later one raises it, or
 * places another one where it is over, ends, or is past its expiry. What a tick bought is not sold by that tick.
 */
export async function exitPart(context: OrderFlowContext, entry: Order, fill: EntryFill): Promise<ExitPart> {
  const { exits = [] } = entry;
  const last = exits.at(-1);
  const open = last && (await context.orders.getOrder(last.orderId));

  if (last && open && canBeRaised(open, fill.at)) {
    const raised = raisedExit(context, open, fill);
    return {
      exits: [...exits.slice(0, -1), { ...last, quantityMinor: last.quantityMinor + fill.quantityMinor }],
      actions: [raised.action, ...holdActions(context, raised.exit, { ...fill, ...raised, opensOrder: false })],
    };
  }
  const exit = newExit(context, entry, { ...fill, ...(await beginningOf(context, entry, fill)) });
  const put = context.orders.putOrderAction(exit, {
    requestHash: orderRequestHash(exit.owner, exit),
    writeId: context.ids.ulid(),
    shards: shardsOf(context, fill.triggers),
  });
  const { holdTransactionId: transactionId = '' } = exit;
  return {
    exits: [...exits, { orderId: exit.orderId, quantityMinor: fill.quantityMinor }],
    actions: [put, ...holdActions(context, exit, { ...fill, transactionId, opensOrder: true })],
  };
}

/** What an exit begins with: the tick that filled its entry; where a venue did, the newest one and the reference price. */
async function beginningOf({ assets }: OrderFlowContext, entry: Order, fill: EntryFill): Promise<ExitBeginning> {
  if (fill.tickAsOf !== undefined) return { activeAsOf: fill.tickAsOf, watermarkMinor: fill.priceMinor };
  const { priceAsOf = fill.at, executablePriceMinor = fill.priceMinor } = await assets.getAsset(entry.assetId);

  return { activeAsOf: priceAsOf, watermarkMinor: executablePriceMinor };
}

/** An exit at a venue: where the platform executes, an entry has one fill. */
const canBeRaised = ({ status, endRequested, setAsideAt, expiresAt = '' }: Order, at: string): boolean =>
  isOpen(status) && endRequested === undefined && setAsideAt === undefined && at < expiresAt;

function raisedExit({ orders, ids }: OrderFlowContext, exit: Order, { quantityMinor, at }: EntryFill) {
  const transactionId = ids.ulid();
  const to: Order = {
    ...nextVersion(exit, at),
    quantityMinor: exit.quantityMinor + quantityMinor,
    heldMinor: exit.heldMinor + quantityMinor,
    repricedAt: at,
    adjustments: [...(exit.adjustments ?? []), { transactionId, transactionType: 'ORDER_HOLD' }],
  };

  return { exit: to, transactionId, action: orders.openOrderAction({ from: exit, to, writeId: ids.ulid() }) };
}

function newExit(
  { ids, maxOrderLifeMs }: OrderFlowContext,
  entry: Order,
  fill: EntryFill & ExitBeginning,
): StandingOrder {
  const { orderId, exits = [], exitTerms, execution, maxFills } = entry;
  if (!exitTerms) throw new Error('An order without exits places none.');
  const { quantityMinor, at, activeAsOf } = fill;
  const { owner, assetId, currency, quantityScale, priceScale, currencyScale } = entry;

  return {
    orderId: exitIdFor(orderId, exits.length + 1),
    owner,
    orderType: 'OCO_SELL',
    status: 'QUEUED',
    ...{ assetId, currency, quantityMinor, quantityScale, priceScale, currencyScale },
    ...exitPrices(exitTerms, fill.watermarkMinor),
    ...withoutUndefined({ execution, maxFills }),
    parentOrderId: orderId,
    activeAsOf,
    expiresAt: new Date(Date.parse(activeAsOf) + maxOrderLifeMs).toISOString(),
    fills: [],
    heldMinor: quantityMinor,
    holdTransactionId: ids.ulid(),
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

/** The terms of an exit; its trail, if it has one, begins at this watermark. */
function exitPrices(terms: ExitTerms, watermarkMinor: bigint): Partial<Order> {
  const {
    takeProfitPriceMinor: limitPriceMinor,
    stopPriceMinor,
    stopLimitPriceMinor,
    trailAmountMinor,
    trailBps,
  } = terms;
  const trails = trailAmountMinor !== undefined || trailBps !== undefined;

  return withoutUndefined<Partial<Order>>({
    limitPriceMinor,
    stopPriceMinor,
    stopLimitPriceMinor,
    trailAmountMinor,
    trailBps,
    watermarkMinor: trails ? watermarkMinor : undefined,
    feeBps: terms.feeBps,
  });
}

/** The hold of an exit out of the credit of its own write: in the journal a hold of its own, in the balance one update. */
function holdActions(
  { balances }: OrderFlowContext,
  exit: Order,
  hold: EntryFill & { readonly transactionId: string; readonly opensOrder: boolean },
): WriteAction[] {
  const { transactionId, quantityMinor: amountMinor, at, opensOrder } = hold;
  const { owner, assetId: code, quantityScale: scale } = exit;
  const entry = orderEntry(exit, {
    transactionId,
    transactionType: 'ORDER_HOLD',
    postings: holdPostings({ code, amountMinor, scale }),
    at,
  });

  return [
    balances.putTransactionAction(entry),
    balances.creditHeldAction({ owner, code, scale, amountMinor, at, opensOrder }),
  ];
}
