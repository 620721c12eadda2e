import { readTransaction, type ItemAddress, type RawItem } from '@cnop/database-core';
import { settleDelayMs, settleRounds, type AuditContext } from './audit-context.ts';
import { isContention } from './is-contention.ts';

/** Two items as they stood at one instant; `undefined` when transactions kept writing to them for too long. */
export async function readPair(
  { database }: AuditContext,
  addresses: readonly [ItemAddress, ItemAddress],
): Promise<readonly [RawItem | undefined, RawItem | undefined] | undefined> {
  for (let round = 1; round <= settleRounds; round += 1) {
    try {
      const [first, second] = await readTransaction(database, addresses);
      return [first, second];
    } catch (error) {
      if (!isContention(error)) throw error;
      await database.sleep(settleDelayMs(round));
    }
  }
  return undefined;
}
