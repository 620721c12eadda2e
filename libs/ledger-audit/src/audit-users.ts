import type { RawItem } from '@cnop/database-core';
import { emailOfKey, usernameOfKey } from '@cnop/entities-user/table';
import type { AuditContext } from './audit-context.ts';
import { auditEmailClaim } from './audit-email-claim.ts';
import { auditUser } from './audit-user.ts';
import { scanSegments } from './scan-segments.ts';

/**
 * Finds every partition of the users table by its keys and checks it; then those users whose orders hold something though they
 * have no partition. Orders must have been audited before.
 */
export async function auditUsers(context: AuditContext): Promise<void> {
  await scanSegments(context.database, {
    request: { TableName: context.usersTable, ProjectionExpression: 'pk' },
    segments: context.segments,
    handle: async (items) => {
      let previous: unknown;

      for await (const { pk } of items) {
        if (pk !== previous) await auditPartition(context, pk);
        previous = pk;
      }
    },
  });
  for (const owner of context.holds.unseen()) await auditUser(context, owner);
}

async function auditPartition(context: AuditContext, pk: RawItem[string]): Promise<void> {
  const owner = usernameOfKey(String(pk));
  const email = emailOfKey(String(pk));

  if (owner !== undefined) await auditUser(context, owner);
  else if (email !== undefined) await auditEmailClaim(context, email);
  else context.counts.others += 1;
  context.progress();
}
