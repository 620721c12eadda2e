import type { RawItem } from '@cnop/database-core';
import { ownerOfKey } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { auditOwner } from './audit-owner.ts';
import { scanSegments } from './scan-segments.ts';

/**
 * Finds every partition of the ledger table by its keys and checks it; then those owners whose orders hold something though they have
 * no partition. Orders must have been audited before.
 */
export async function auditOwners(context: AuditContext): Promise<void> {
  await scanSegments(context.database, {
    request: { TableName: context.ledgerTable, ProjectionExpression: 'pk' },
    segments: context.segments,
    handle: async (items) => {
      let previous: unknown;

      for await (const { pk } of items) {
        if (pk !== previous) await auditPartition(context, pk);
        previous = pk;
      }
    },
  });
  for (const owner of context.holds.unseen()) await auditOwner(context, owner);
}

async function auditPartition(context: AuditContext, pk: RawItem[string]): Promise<void> {
  const owner = ownerOfKey(String(pk));

  if (owner === undefined) {
    context.counts.others += 1;
  } else {
    context.counts.owners += 1;
    await auditOwner(context, owner);
  }
  context.progress();
}
