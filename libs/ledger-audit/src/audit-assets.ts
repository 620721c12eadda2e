import { queryItems } from '@cnop/database-core';
import { AssetStatus } from '@cnop/entities-inventory';
import type { AuditContext } from './audit-context.ts';
import { auditTicks } from './audit-ticks.ts';
import { checkNewestTick } from './check-newest-tick.ts';
import { settleTriggers } from './settle-triggers.ts';
import { readCheckpoint } from './tick-reading.ts';
import { createTriggerWatch } from './trigger-watch.ts';

/**
 * Checks the log of every asset's ticks, and the open orders that ticks decide on by it. Orders must have been audited before. Where the
 * database has no assets there is nothing to check.
 */
export async function auditAssets(context: AuditContext): Promise<void> {
  const { inventoryTable, segments } = context;
  if (inventoryTable === undefined) return;
  const assetIds = findAssets(context, inventoryTable);
  const stop = new AbortController();

  await Promise.allSettled(
    Array.from({ length: segments }, async () => {
      try {
        for (let next = await assetIds.next(); !next.done && !stop.signal.aborted; next = await assetIds.next())
          await auditAsset(context, inventoryTable, next.value);
      } catch (error) {
        stop.abort(error);
      }
    }),
  );
  stop.signal.throwIfAborted();
}

/** The assets by the index of their statuses, and then those that have open orders all the same. */
async function* findAssets(
  { database, counts, triggers }: AuditContext,
  inventoryTable: string,
): AsyncGenerator<string, void> {
  for (const status of Object.values(AssetStatus)) {
    const assets = queryItems(database, {
      TableName: inventoryTable,
      IndexName: 'byStatus',
      KeyConditionExpression: '#status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    });

    for await (const { assetId } of assets) {
      counts.assets += 1;
      yield String(assetId);
    }
  }
  yield* triggers.assetIds();
}

async function auditAsset(context: AuditContext, inventoryTable: string, assetId: string): Promise<void> {
  const watched = context.triggers.take(assetId);
  // Read before the ticks and the orders: all that is due by then has been carried out by the time they are read again.
  const checkpoint = context.judgesTriggers ? await readCheckpoint(context, assetId) : undefined;
  const missed = await auditTicks(context, inventoryTable, {
    assetId,
    watch: checkpoint === undefined ? undefined : { ...createTriggerWatch(watched), upTo: checkpoint },
  });
  await checkNewestTick(context, inventoryTable, assetId);
  await settleTriggers(context, inventoryTable, { overdue: watched.filter(context.isOverdue), missed });
  context.progress();
}
