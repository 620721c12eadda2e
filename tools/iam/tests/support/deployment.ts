import { createDatabase, deleteTables, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import { createFaultInjector, isolatedTables, testConnection, type FaultInjector } from '@cnop/testing';
import { shapes } from '../../src/roles.ts';
import { wireCallsOf, type WireCall } from './wire-call.ts';

/** A service's own connection, every request of which is recorded. */
export interface RecordedProcess {
  readonly database: Database;
  readonly http: FaultInjector;
  /** A connection that is not recorded: what others have done. */
  readonly elsewhere: Database;
  /** What was sent so far, each kind of call once. */
  readonly calls: () => WireCall[];
}

/** Creates the tables before the tests of the file and deletes them afterwards. @returns a function that connects a process. */
export function useDeployment(): (options?: Partial<DatabaseOptions>) => RecordedProcess {
  const tables = isolatedTables(shapes.map(({ name }) => name));
  const logicalNames = new Map(Object.entries(tables).map(([logical, physical]) => [physical, logical]));
  const connection = {
    ...testConnection(),
    tables,
    sleep: () => Promise.resolve(),
  };
  const elsewhere = createDatabase(connection);
  const opened = [elsewhere];

  beforeAll(() => ensureTables(elsewhere, shapes));
  afterAll(async () => {
    await deleteTables(elsewhere, shapes);
    opened.forEach((each) => each.close());
  });

  return (options) => {
    const http = createFaultInjector();
    const database = createDatabase({ ...connection, requestHandler: http, ...options });
    const calls = () => {
      const sent = wireCallsOf(http.calls, logicalNames);
      return [...new Map(sent.map((call) => [JSON.stringify(call), call])).values()];
    };

    opened.push(database);
    return { database, http, elsewhere, calls };
  };
}
