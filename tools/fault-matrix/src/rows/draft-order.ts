import { makeOrderDraft } from '@cnop/entities-order/testing';
import { foundOrder, orderAnswer, unless } from '../answers.ts';
import type { Scene } from '../row.ts';
import type { Services } from '../services.ts';
import type { World } from '../world.ts';

const draftOf = ({ username: owner }: World) => makeOrderDraft({ owner, quantityMinor: 3n });

/** Stores an order of the world's user as PENDING. Without a key she looks for it afterwards. */
export function draftScene(world: World, clientOrderId?: string): Scene {
  const draft = draftOf(world);
  if (clientOrderId !== undefined) {
    return { call: async ({ orders }) => orderAnswer(await orders.createOrder({ ...draft, clientOrderId })) };
  }

  return {
    call: async ({ orders }) => orderAnswer(await orders.createOrder(draft)),
    look: (services, clue) => lookForOrder(services, world, clue),
  };
}

/** The world's user's order of that id, or her only one where she was told none. */
export async function lookForOrder({ orders }: Services, { username: owner }: World, clue: string | undefined) {
  if (clue !== undefined) {
    const order = await unless('ORDER_NOT_FOUND', orders.getOrder(clue));
    return order && foundOrder(order);
  }
  const [order] = (await orders.getOrdersByUser({ owner })).items;
  return order && foundOrder(order);
}

/** A stored order of the world's user that waits. */
export async function addDraft(world: World): Promise<string> {
  return (await world.services.orders.createOrder(draftOf(world))).order.orderId;
}
