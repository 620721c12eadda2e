import { createDatabase, deleteTables, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createFaultInjector, isolatedTables, type FaultInjector } from '@cnop/testing';
import { wireCallsOf, type WireCall } from './wire-call.ts';

/** A service's own connection, every request of which is recorded. */
export interface RecordedProcess {
  readonly database: Database;
  readonly http: FaultInjector;
  /** What was sent so far, each kind of call once. */
  calls(): WireCall[];
}

/** The tables of one deployment. */
export interface Deployment {
  /** A connection that nobody watches: whoever was there before. */
  readonly elsewhere: Database;
  connect(options?: Partial<DatabaseOptions>): RecordedProcess;
}

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Makes the tables before the tests of the file, and takes them away after them. */
export function useDeployment(): Deployment {
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const logicalNames = new Map(Object.entries(tables).map(([logical, physical]) => [physical, logical]));
  const connection = {
    region: 'us-east-1',
    endpoint: process.env['DYNAMODB_ENDPOINT']!,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
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

  return {
    elsewhere,
    connect: (options) => {
      const http = createFaultInjector();
      const database = createDatabase({ ...connection, requestHandler: http, ...options });

      opened.push(database);
      return {
        database,
        http,
        calls: () => {
          const calls = http.calls.flatMap((call) => wireCallsOf(call, logicalNames));
          return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
        },
      };
    },
  };
}
