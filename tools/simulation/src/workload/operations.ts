import type { World } from './market.ts';
import type { Operation } from './operation.ts';
import type { Step } from './plan.ts';
import { trade, refund, draftOrder, cancel } from './order-operations.ts';
import { amend, letWait, work } from './waiting-operations.ts';
import { setPrice, snapshot, lookAtBalance, listOrders } from './read-operations.ts';
import { register, moveMoney, settle, transfer } from './money-operations.ts';

/** Of what others have made, clients go for the newest: so several of them want the same. */
function onNewest<TTarget>(targets: readonly TTarget[], { target }: Step, make: (found: TTarget) => Operation) {
  const found = targets.at(-1 - (target % Math.max(1, targets.length)));

  return found && make(found);
}

const operations: Readonly<Record<Step['kind'], (step: Step, world: World) => Operation | undefined>> = {
  register,
  deposit: moveMoney,
  withdraw: moveMoney,
  transfer: (step, world) => (world.accounts > 1 ? transfer(step, world) : undefined),
  'pending-deposit': moveMoney,
  adjust: moveMoney,
  settle: (step, { pendingDeposits }) => onNewest(pendingDeposits, step, (deposit) => settle(deposit, 'COMPLETED')),
  'fail-deposit': (step, { pendingDeposits }) =>
    onNewest(pendingDeposits, step, (deposit) => settle(deposit, 'FAILED')),
  buy: trade,
  sell: trade,
  refund: (step, { orders }) =>
    onNewest(
      orders.filter(({ change }) => change),
      step,
      refund,
    ),
  'draft-order': draftOrder,
  'wait-to-buy': letWait,
  'wait-to-sell': letWait,
  'stop-to-buy': letWait,
  'stop-to-sell': letWait,
  'trail-to-buy': letWait,
  'trail-to-sell': letWait,
  amend: (step, { orders }) =>
    onNewest(
      orders.filter(({ holds }) => holds),
      step,
      (order) => amend(step, order),
    ),
  work,
  cancel: (step, { orders }) => onNewest(orders, step, cancel),
  'set-price': setPrice,
  snapshot,
  balance: lookAtBalance,
  'list-orders': listOrders,
};

/** What a step does in the world as it is now; a look at a balance where it needs something that nobody has made yet. */
export const operationOf = (step: Step, world: World): Operation =>
  operations[step.kind](step, world) ?? lookAtBalance(step);
