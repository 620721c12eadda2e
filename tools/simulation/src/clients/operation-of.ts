import type { Operation } from './operation.ts';
import { cancel, draftOrder } from './operations/draft-order.ts';
import { moveMoney } from './operations/move-money.ts';
import { refund } from './operations/refund.ts';
import { register } from './operations/register.ts';
import { settle } from './operations/settle.ts';
import { trade } from './operations/trade.ts';
import { listOrders, setPrice, snapshot } from './operations/watch.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** Of what others have made, clients go for the newest: so several of them want the same. */
const recent = 3;

/** What a step does in the world as it is now; nothing if it needs something that nobody has made yet. */
export function operationOf(step: Step, world: World): Operation | undefined {
  const onTarget = <TTarget>(targets: readonly TTarget[], make: (target: TTarget) => Operation) => {
    const target = 'target' in step ? targets.at(-1 - (step.target % Math.min(recent, targets.length))) : undefined;
    return target && make(target);
  };

  switch (step.kind) {
    case 'register':
      return register(step);
    case 'deposit':
    case 'withdraw':
    case 'pending-deposit':
    case 'adjust':
      return moveMoney(step, world);
    case 'settle':
      return onTarget(world.pendingDeposits, (deposit) => settle(step, deposit));
    case 'buy':
    case 'sell':
      return trade(step, world);
    case 'refund':
      return onTarget(world.placedOrders, refund);
    case 'draft-order':
      return draftOrder(step, world);
    case 'cancel':
      return onTarget([...world.draftOrders, ...world.placedOrders], cancel);
    case 'set-price':
      return setPrice(step);
    case 'snapshot':
      return snapshot(world.accounts);
    case 'list-orders':
      return listOrders(step);
  }
}
