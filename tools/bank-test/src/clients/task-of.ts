import { orderIdFor } from '@cnop/entities-order';
import { keyOfStep, moveMoney, refund, trade, accountName, type Operation } from '@cnop/simulation';
import { negated } from '../history/amounts.ts';
import type { AccountTask } from './bank-record.ts';
import { lookAtAccount, lookAtCash } from './look.ts';
import type { RoundWorld } from './round-world.ts';
import { changeOf } from './step-change.ts';
import type { BankStep } from './step.ts';

/** Of the orders of an account, clients go for the newest: so several of them want to refund the same. */
const recent = 3;

/** What a step does in the world as it is now. */
export function taskOf(step: BankStep, world: RoundWorld): AccountTask & { readonly operation: Operation } {
  const owner = accountName(step.account);

  switch (step.kind) {
    case 'deposit':
    case 'withdraw':
      return { owner, operation: moveMoney(step, world), change: changeOf(step, world.priceMinor) };
    case 'buy':
    case 'sell': {
      const change = changeOf(step, world.priceMinor);
      world.orderChanges.set(orderIdFor(owner, keyOfStep(step)), change);
      return { owner, operation: trade(step, world), change };
    }
    case 'refund':
      return refundTask(step, world);
    case 'look':
      return { owner, ...(step.id % 2 === 0 ? lookAtAccount(owner) : lookAtCash(owner)) };
  }
}

function refundTask(step: Extract<BankStep, { readonly kind: 'refund' }>, world: RoundWorld) {
  const owner = accountName(step.account);
  const orders = world.placedOrders.filter((order) => order.owner === owner);
  const order = orders.at(-1 - (step.target % Math.min(recent, orders.length)));
  const change = order && world.orderChanges.get(order.orderId);
  if (!order || !change) return { owner, ...lookAtAccount(owner) };

  return { owner, operation: refund(order), change: negated(change), refundOf: order.orderId };
}
