import { queryItems, type RawItem } from '@cnop/database-core';
import { userKey } from '@cnop/entities-user/table';
import type { AuditContext } from './audit-context.ts';

/**
 * Everything that belongs to a user, read consistently, page by page. In the order of the sort keys: balances come first, then
 * idempotency claims, the profile, and the journal last.
 */
export function readPartition({ database, usersTable }: AuditContext, owner: string): AsyncIterable<RawItem> {
  return queryItems(database, {
    TableName: usersTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': userKey(owner).pk },
    ConsistentRead: true,
  });
}
