import { isStanding, isTrail, type Order } from '@cnop/entities-order';
import type { AuditContext } from './audit-context.ts';
import { mayHaveExpired } from './fill-findings.ts';
import { orderFinding } from './order-findings.ts';
import type { Stored } from './reading.ts';
import { readFirstDue } from './tick-reading.ts';

/**
 * Checks that each trail was filled by the first tick that made it due: what its watermark was by then, the log alone tells. Reads the log
 * from the beginning of each of them.
 */
export async function checkTrailFills(
  context: AuditContext,
  inventoryTable: string,
  orders: readonly Stored<Order>[],
): Promise<void> {
  const now = context.database.clock.now();

  for (const { value: order, raw } of orders) {
    const [fill] = order.fills;
    const upTo = fill?.tickAsOf;
    if (!fill || upTo === undefined || !isStanding(order) || !isTrail(order) || mayHaveExpired(order.activeAsOf, now))
      continue;

    const due = await readFirstDue(context, inventoryTable, { order, upTo });
    if (due?.tick.asOf === upTo && due.action === 'FILL') continue;
    const { transactionId, priceMinor } = fill;
    const expected = due ? `${due.action} at ${due.tick.asOf}` : 'a tick that makes the order due';
    const found = `${priceMinor.toString()} at ${upTo}`;
    context.log.report(orderFinding('fill-outside-terms', order, { items: [raw], transactionId, expected, found }));
  }
}
