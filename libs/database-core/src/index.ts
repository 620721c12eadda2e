export { cachedReads, type CachedReadsOptions } from './cached-reads.ts';
export { changeAsItStands } from './change-as-it-stands.ts';
export { wrapRead } from './database-failure.ts';
export type { ClockWatch } from './clock-watch.ts';
export type { RetryBudget } from './retry-budget.ts';
export { observeDatabase } from './observe-database.ts';
export {
  type DatabaseObserver,
  type ObservedRequest,
  type ObservedRetry,
  type RequestEnd,
  type RequestOutcome,
} from './database-observer.ts';
export {
  type DatabaseOptions,
  databaseSettings,
  type DatabaseTimeouts,
  type SingleWrites,
} from './database-settings.ts';
export { createDatabase, type Database, preparedOnce } from './database.ts';
export { deleteTables, describeTables, type IndexDescription, type TableDescription } from './describe-tables.ts';
export { ensureTables } from './ensure-tables.ts';
export { executeWrite, type WriteOutcome, type WritePlan, type WriteRetry } from './execute-write.ts';
export { meterRequests, type MeteredRequest, type MeteredWrite, type RequestMeter } from './meter-requests.ts';
export { queryItems, readItem, type ReadItemOptions, readItems, type ReadItemsOptions } from './read-item.ts';
export { queryPage, type ListQuery, type Page, type PageRequest } from './query-page.ts';
export type { ItemKey, RawItem } from '@cnop/stored-items';
export { type ItemAddress, readGuard, readTransaction } from './read-transaction.ts';
export { putIfAbsent, type ItemWrite, type WriteAction, type WriteFence, type WriteGuard } from './write-action.ts';
