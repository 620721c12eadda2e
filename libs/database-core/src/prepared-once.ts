import type { Database } from './database.ts';

/**
 * What `prepare` makes for a database, made at the first call and kept on the database: compiled requests, declarations of a table.
 * Every call with the same function gives the same result.
 *
 * @example
 * const openThings = (database: Database) => preparedOnce(database, declareThings);
 */
export function preparedOnce<TResult>(database: Database, prepare: (database: Database) => TResult): TResult {
  const { prepared } = database;
  if (!prepared.has(prepare)) prepared.set(prepare, prepare(database));

  return prepared.get(prepare) as TResult;
}
