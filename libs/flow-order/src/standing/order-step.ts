import { executeWrite, type WriteAction } from '@cnop/database-core';
import { sideOf, type Order, type OrderStatus } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { BalanceTransaction, Posting } from '@cnop/entities-ledger';
import type { OrderFlowContext } from '../order-flow-context.ts';

/** One step of an open order: what it becomes, and what moves with it, all in one write. */
export interface OrderStep {
  readonly to: Order;
  readonly actions: readonly WriteAction[];
}

/** What became of a step. */
export interface StepOutcome {
  /** The order as it stands: after the step, or as another write left it. */
  readonly order: Order;
  /** Whether this step was carried out. If not, the order is to judge anew. */
  readonly done: boolean;
  /** Whether it may be this very step that came before the other write: its response was lost. Not where it is `done`. */
  readonly mayBeOwn?: boolean;
}

/** Into how many parts the triggers of an asset are written. */
export interface SharedTriggers {
  readonly triggerShards?: number | undefined;
}

/**
 * Carries out a step of an open order on the condition that it is as it was read.
 *
 * @throws the DomainError of the action that is refused; {@link sharedErrors.OutcomeUnknownError}.
 */
export async function takeStep(
  context: OrderFlowContext,
  operation: string,
  { from, step, triggers }: { readonly from: Order; readonly step: OrderStep; readonly triggers: SharedTriggers },
): Promise<StepOutcome> {
  const { database, orders } = context;
  const guard = orders.openOrderGuard({
    from,
    to: step.to,
    writeId: database.ids.ulid(),
    shards: shardsOf(context, triggers),
  });
  let mayBeOwn = false;
  const { replayed, item } = await executeWrite(database, {
    operation,
    reference: { orderId: from.orderId },
    guard: {
      ...guard,
      onConditionFailed: (oldItem, earlierAttemptUnknown) => {
        mayBeOwn = earlierAttemptUnknown;
        return guard.onConditionFailed(oldItem, earlierAttemptUnknown);
      },
    },
    actions: step.actions,
  });
  const order = item ? fromOrderItem(item) : step.to;

  return { order, done: !replayed, mayBeOwn };
}

/** Into how many parts the keys of an order are written. */
export const shardsOf = (
  { expiryShards }: Pick<OrderFlowContext, 'expiryShards'>,
  { triggerShards = 1 }: SharedTriggers,
) => ({
  trigger: triggerShards,
  expiry: expiryShards,
});

/** What a buy holds is currency, what a sell holds is the asset. */
export const heldBalanceOf = ({ owner, orderType, currency, currencyScale, assetId, quantityScale }: Order) =>
  sideOf(orderType) === 'BUY'
    ? { owner, code: currency, scale: currencyScale }
    : { owner, code: assetId, scale: quantityScale };

/** A journal entry of an order, completed at once. */
export const orderEntry = (
  { orderId, owner }: Order,
  entry: Pick<BalanceTransaction, 'transactionId' | 'transactionType' | 'fill' | 'feeMinor'> & {
    readonly postings: Posting[];
    readonly at: string;
    readonly actor?: string | undefined;
  },
): BalanceTransaction => {
  const { at, actor, ...fields } = entry;

  return {
    owner,
    status: 'COMPLETED',
    orderId,
    ...fields,
    ...(actor !== undefined && { actor }),
    createdAt: at,
    updatedAt: at,
  };
};

/** An order as it is after one more write. */
export const nextVersion = (order: Order, at: string): Order => ({
  ...order,
  updatedAt: at,
  version: order.version + 1,
});

/** How an open order ends without a fill. */
export interface OrderEnd {
  readonly status: Extract<OrderStatus, 'CANCELLED' | 'EXPIRED' | 'FAILED'>;
  readonly code?: string | undefined;
  readonly actor?: string | undefined;
}
