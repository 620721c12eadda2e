import { queryItems, type RawItem } from '@cnop/database-core';
import { ownerPartition } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';

/**
 * Everything that belongs to an owner, read consistently, page by page. In the order of the sort keys: balances come first, then
 * idempotency claims, and the journal last.
 */
export function readPartition({ database, ledgerTable }: AuditContext, owner: string): AsyncIterable<RawItem> {
  return queryItems(database, {
    TableName: ledgerTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': ownerPartition(owner) },
    ConsistentRead: true,
  });
}
