import { orderAnswer, statusAnswer } from '../answers.ts';
import { gold } from '../host.ts';
import type { MatrixRow } from '../row.ts';
import { addFundedUser, addUser, buyGold, deposit, giveGold } from '../world.ts';
import { addDraft } from './draft-order.ts';
import { identityOf, keyings } from './movement.ts';
import { tradeScene } from './trade.ts';

const looksAt = ['account', 'orders'] as const;
const placing = { method: 'OrderFlow.placeOrder', looksAt } as const;
const refunding = { method: 'OrderFlow.refundOrder', identity: 'item', looksAt, effect: [] } as const;

/** Calls of `OrderFlow` that are to be refused. */
export const refusedTradeRows: readonly MatrixRow[] = [
  ...keyings.flatMap((keying): MatrixRow[] => [
    {
      ...placing,
      name: `market buy of too much, ${keying}`,
      identity: identityOf(keying),
      effect: [],
      refusal: 'BALANCE_INSUFFICIENT',
      prepare: async (world) => {
        await addFundedUser(world, 200n);
        return tradeScene(world, 'MARKET_BUY', keying);
      },
    },
    {
      ...placing,
      name: `market buy of too much, funds come later, ${keying}`,
      identity: identityOf(keying),
      effect: [
        '- USD available 700 held 0 in 700 out 0 ACTIVE v2',
        '+ USD available 400 held 0 in 700 out 0 ACTIVE v3',
        '+ GOLD available 3 held 0 in 0 out 0 ACTIVE v1',
        '+ entry ORDER_PAYMENT COMPLETED USD-300 GOLD+3',
        '+ order MARKET_BUY COMPLETED 3 GOLD for 300 v1',
      ],
      refusal: 'BALANCE_INSUFFICIENT',
      prepare: async (world) => {
        await addFundedUser(world, 200n);
        return { ...tradeScene(world, 'MARKET_BUY', keying), meanwhile: () => deposit(world, 500n) };
      },
    },
    {
      ...placing,
      name: `market sell of what is not there, ${keying}`,
      identity: identityOf(keying),
      effect: [],
      refusal: 'BALANCE_INSUFFICIENT',
      prepare: async (world) => {
        await addUser(world);
        return tradeScene(world, 'MARKET_SELL', keying);
      },
    },
  ]),
  {
    ...placing,
    name: 'market buy above its highest price',
    identity: 'key',
    effect: [],
    refusal: 'PRICE_LIMIT_EXCEEDED',
    prepare: async (world) => {
      const { username: owner } = world;
      const order = {
        orderType: 'MARKET_BUY',
        assetId: gold,
        quantity: '3',
        maxPrice: '0.50',
        clientOrderId: 'a-1',
      } as const;
      await addFundedUser(world, 1_000n);
      return { call: async ({ flow }) => orderAnswer(await flow.placeOrder({ owner, order })) };
    },
  },
  {
    ...refunding,
    name: 'refund an order, asset gone',
    refusal: 'BALANCE_INSUFFICIENT',
    prepare: async (world) => {
      await addFundedUser(world, 1_000n);
      const orderId = await buyGold(world);
      await giveGold(world, -1n);
      return { call: async ({ flow }) => orderAnswer(await flow.refundOrder({ orderId })) };
    },
  },
  {
    ...refunding,
    name: 'refund an order that waits',
    refusal: 'ORDER_NOT_REFUNDABLE',
    prepare: async (world) => {
      const orderId = await addDraft(world);
      return { call: async ({ flow }) => orderAnswer(await flow.refundOrder({ orderId })) };
    },
  },
  {
    name: 'cancel an order that was executed',
    method: 'OrderFlow.cancelOrder',
    identity: 'item',
    looksAt,
    effect: [],
    refusal: 'ORDER_NOT_CANCELLABLE',
    prepare: async (world) => {
      await addFundedUser(world, 1_000n);
      const orderId = await buyGold(world);
      return { call: async ({ flow }) => statusAnswer(await flow.cancelOrder({ orderId })) };
    },
  },
];
