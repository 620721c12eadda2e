export { wrapRead } from './database-failure.ts';
export type {
  DatabaseObserver,
  ObservedRequest,
  ObservedRetry,
  RequestEnd,
  RequestOutcome,
} from './database-observer.ts';
export { databaseSettings } from './database-settings.ts';
export type { DatabaseOptions, DatabaseTimeouts, SingleWrites } from './database-options.ts';
export { type Database, createDatabase } from './database.ts';
export { deleteTables } from './delete-tables.ts';
export { describeTables, type IndexDescription, type TableDescription } from './describe-tables.ts';
export { ensureTables } from './ensure-tables.ts';
export { executeWrite, type WriteOutcome, type WritePlan } from './execute-write.ts';
export { meterRequests, type MeteredRequest, type MeteredWrite, type RequestMeter } from './meter-requests.ts';
export { observeDatabase } from './observe-database.ts';
export { preparedOnce } from './prepared-once.ts';
export { queryItems } from './query-items.ts';
export { queryPage, type ListQuery, type Page, type PageRequest } from './query-page.ts';
export type { ItemKey, RawItem } from '@cnop/stored-items';
export { readGuard } from './read-guard.ts';
export { readItem, readItems, type ReadItemOptions, type ReadItemsOptions } from './read-item.ts';
export { readTransaction, type ItemAddress } from './read-transaction.ts';
export { putIfAbsent, type ItemWrite, type WriteAction, type WriteFence, type WriteGuard } from './write-action.ts';
