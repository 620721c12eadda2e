import type { OrderStatus } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { orderAnswer, statusAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import type { World } from '../world.ts';
import { addDraft, draftScene } from './draft-order.ts';

const looksAt = ['orders'] as const;
const pending = 'order MARKET_BUY PENDING 3 AAPL v1';
const creation = { method: 'OrderDao.createOrder', looksAt } as const;
const statusChange = { method: 'OrderDao.updateOrderStatus', identity: 'item', looksAt } as const;

const statusScene = (orderId: string, status: OrderStatus): Scene => ({
  call: async ({ orders }) => statusAnswer(await orders.updateOrderStatus({ orderId, status })),
});

const moves = (status: OrderStatus) => async (world: World) => statusScene(await addDraft(world), status);

/** Writes a note on an order at the version that was read; afterwards it is read again and compared. */
async function noting(world: World, expectedVersion: number): Promise<Required<Pick<Scene, 'call' | 'look'>>> {
  const orderId = await addDraft(world);
  const note = 'call back';

  return {
    call: async ({ orders }) =>
      orderAnswer({
        order: await orders.updateOrder({ orderId, expectedVersion, changes: { note } }),
        replayed: false,
      }),
    look: async ({ orders }) => {
      const order = await orders.getOrder(orderId);
      return order.note === note ? orderAnswer({ order, replayed: true }) : undefined;
    },
  };
}

/** Everything that the writing methods of `OrderDao` may come to. */
export const orderRows: readonly MatrixRow[] = [
  {
    ...creation,
    name: 'store an order, keyed',
    identity: 'key',
    effect: [`+ ${pending}`],
    prepare: (world) => draftScene(world, 'o-1'),
  },
  {
    ...creation,
    name: 'store an order, keyless',
    identity: 'none',
    effect: [`+ ${pending}`],
    prepare: (world) => draftScene(world),
  },
  {
    ...creation,
    name: 'store an order under a used key',
    identity: 'key',
    effect: [],
    refusal: 'IDEMPOTENCY_KEY_REUSED',
    prepare: async (world) => {
      const { username: owner, services } = world;
      await services.orders.createOrder(makeOrderDraft({ owner, quantityMinor: 4n, clientOrderId: 'o-1' }));
      return draftScene(world, 'o-1');
    },
  },
  {
    name: 'write a note',
    method: 'OrderDao.updateOrder',
    identity: 'item',
    looksAt,
    effect: [`- ${pending}`, '+ order MARKET_BUY PENDING 3 AAPL call back v2'],
    prepare: (world) => noting(world, 1),
  },
  {
    name: 'write a note at an old version',
    method: 'OrderDao.updateOrder',
    identity: 'item',
    looksAt,
    effect: [],
    refusal: 'VERSION_CONFLICT',
    prepare: async (world) => ({ call: (await noting(world, 2)).call }),
  },
  {
    ...statusChange,
    name: 'confirm an order',
    effect: [`- ${pending}`, '+ order MARKET_BUY CONFIRMED 3 AAPL v2'],
    prepare: moves('CONFIRMED'),
  },
  {
    ...statusChange,
    name: 'fail an order',
    effect: [`- ${pending}`, '+ order MARKET_BUY FAILED 3 AAPL v2'],
    prepare: moves('FAILED'),
  },
  {
    ...statusChange,
    name: 'let an order expire that was cancelled',
    effect: [],
    refusal: 'ORDER_TRANSITION_ILLEGAL',
    prepare: async (world) => {
      const orderId = await addDraft(world);
      await statusScene(orderId, 'CANCELLED').call(world.services);
      return statusScene(orderId, 'EXPIRED');
    },
  },
];
