import { orderAnswer, statusAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addFundedUser, addUser, buyGold, giveGold, type World } from '../world.ts';
import { addDraft } from './draft-order.ts';
import { identityOf, keyings } from './movement.ts';
import { tradeScene } from './trade.ts';

const looksAt = ['account', 'orders'] as const;
const funded = 'USD available 1000 held 0 in 1000 out 0 ACTIVE v1';
const spent = 'USD available 700 held 0 in 1000 out 0 ACTIVE v2';
const bought = 'order MARKET_BUY COMPLETED 3 GOLD for 300 v1';

async function refund(world: World): Promise<Scene> {
  await addFundedUser(world, 1_000n);
  const orderId = await buyGold(world);
  return { call: async ({ flow }) => orderAnswer(await flow.refundOrder({ orderId })) };
}

async function cancellation(world: World): Promise<Scene> {
  const orderId = await addDraft(world);
  return {
    call: async ({ flow }) => statusAnswer(await flow.cancelOrder({ orderId, owner: world.username })),
  };
}

/** Everything that succeeds in `OrderFlow`. */
export const tradeRows: readonly MatrixRow[] = [
  ...keyings.flatMap((keying): MatrixRow[] => [
    {
      name: `market buy, ${keying}`,
      method: 'OrderFlow.placeOrder',
      identity: identityOf(keying),
      looksAt,
      effect: [
        `- ${funded}`,
        `+ ${spent}`,
        '+ GOLD available 3 held 0 in 0 out 0 ACTIVE v1',
        '+ entry ORDER_PAYMENT COMPLETED USD-300 GOLD+3',
        `+ ${bought}`,
      ],
      prepare: async (world) => {
        await addFundedUser(world, 1_000n);
        return tradeScene(world, 'MARKET_BUY', keying);
      },
    },
    {
      name: `market sell, ${keying}`,
      method: 'OrderFlow.placeOrder',
      identity: identityOf(keying),
      looksAt,
      effect: [
        '- GOLD available 5 held 0 in 0 out 0 ACTIVE v1',
        '+ GOLD available 2 held 0 in 0 out 0 ACTIVE v2',
        '+ USD available 300 held 0 in 0 out 0 ACTIVE v1',
        '+ entry ORDER_PAYMENT COMPLETED USD+300 GOLD-3',
        '+ order MARKET_SELL COMPLETED 3 GOLD for 300 v1',
      ],
      prepare: async (world) => {
        await addUser(world);
        await giveGold(world, 5n);
        return tradeScene(world, 'MARKET_SELL', keying);
      },
    },
  ]),
  {
    name: 'refund an order',
    method: 'OrderFlow.refundOrder',
    identity: 'item',
    looksAt,
    effect: [
      '- GOLD available 3 held 0 in 0 out 0 ACTIVE v1',
      `- ${spent}`,
      `- ${bought}`,
      '+ GOLD available 0 held 0 in 0 out 0 ACTIVE v2',
      '+ USD available 1000 held 0 in 1000 out 0 ACTIVE v3',
      '+ entry ORDER_REFUND COMPLETED USD+300 GOLD-3',
      '+ order MARKET_BUY COMPLETED 3 GOLD for 300 refunded v2',
    ],
    prepare: refund,
  },
  {
    name: 'cancel an order',
    method: 'OrderFlow.cancelOrder',
    identity: 'item',
    looksAt: ['orders'],
    effect: ['- order MARKET_BUY PENDING 3 AAPL v1', '+ order MARKET_BUY CANCELLED 3 AAPL v2'],
    prepare: cancellation,
  },
];
