import { orderIdFor } from '@cnop/entities-order';
import { keyOfStep, moveMoney, refund, trade, usernameOf, type Operation } from '@cnop/simulation';
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
  const username = usernameOf(step.account);

  switch (step.kind) {
    case 'deposit':
    case 'withdraw':
      return { username, operation: moveMoney(step, world), change: changeOf(step, world.priceMinor) };
    case 'buy':
    case 'sell': {
      const change = changeOf(step, world.priceMinor);
      world.orderChanges.set(orderIdFor(username, keyOfStep(step)), change);
      return { username, operation: trade(step, world), change };
    }
    case 'refund':
      return refundTask(step, world);
    case 'look':
      return { username, ...(step.id % 2 === 0 ? lookAtAccount(username) : lookAtCash(username)) };
  }
}

function refundTask(step: Extract<BankStep, { readonly kind: 'refund' }>, world: RoundWorld) {
  const username = usernameOf(step.account);
  const orders = world.placedOrders.filter((order) => order.username === username);
  const order = orders.at(-1 - (step.target % Math.min(recent, orders.length)));
  const change = order && world.orderChanges.get(order.orderId);
  if (!order || !change) return { username, ...lookAtAccount(username) };

  return { username, operation: refund(order), change: negated(change), refundOf: order.orderId };
}
