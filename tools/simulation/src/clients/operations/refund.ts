import type { WriteOperation } from '../operation.ts';
import { recordOf } from '../resting-tables.ts';
import type { PlacedOrder } from '../world.ts';
import { tradeMoves } from './trade.ts';

/** Refunds an order, against others who may refund it too. */
export function refund({ owner, orderId }: PlacedOrder): WriteOperation {
  return {
    effect: {
      name: `refund ${orderId}`,
      find: ({ entries }) =>
        entries.filter((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_REFUND').map(recordOf),
    },
    call: async ({ flow }) => {
      const { order, replayed } = await flow.refundOrder({ orderId, owner });
      const moves = tradeMoves(order).map((move) => ({ ...move, amountMinor: -move.amountMinor }));

      return { id: String(order.refundTransactionId), moves, replayed };
    },
  };
}
