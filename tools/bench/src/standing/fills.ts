import { itemSizeBytes } from '@cnop/database-core/infrastructure';
import { toOrderItem } from '@cnop/entities-order/table';
import type { Figure } from '../report.ts';
import { openExchange } from './exchange.ts';
import { openDesk } from './write-desk.ts';

/** Fills of one order after which its size and the cost of the last one are told. */
const told = [1, 8, 32];

/** What the fills of one order at a venue cost: each is kept on the order, which grows with them. */
export async function measureFills(): Promise<Figure[]> {
  const exchange = await openExchange();
  const figures: Figure[] = [];

  try {
    const desk = await openDesk(exchange, 'GLDV', { execution: 'VENUE' });
    const { orderId } = await desk.place({ orderType: 'LIMIT_BUY', limitPrice: '45', quantity: '32' });

    for (let count = 1; count <= Math.max(...told); count += 1) {
      const fill = { orderId, venueFillId: `venue-fill-${count}`, quantity: '1', price: '44.123' };
      const { writeUnits, indexUnits } = await desk.consumed(() => exchange.flow.executeOrder(fill));
      if (!told.includes(count)) continue;

      const order = await exchange.orders.getOrder(orderId);
      const sizeBytes = itemSizeBytes(toOrderItem(order, { requestHash: 'h'.repeat(43), writeId: 'w'.repeat(26) }));
      figures.push({
        part: 'standing-fills',
        name: `fill ${count} of an order`,
        contender: 'cnop',
        values: { orderBytes: sizeBytes, orderUnits: Math.ceil(sizeBytes / 1_024), writeUnits, indexUnits },
      });
    }
    return figures;
  } finally {
    await exchange.stop();
  }
}
