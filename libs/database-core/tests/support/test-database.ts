import { randomUUID } from 'node:crypto';
import type { TableShape } from '@cnop/utils';
import { createDatabase, type Database, type DatabaseOptions } from '@cnop/database-core';
import { createFaultInjector, type FaultInjector } from '@cnop/testing';

/** A table with everything a shape can have. */
export const thingsShape: TableShape = {
  name: 'things',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    {
      name: 'byOwner',
      partitionKey: { name: 'owner', type: 'S' },
      sortKey: { name: 'rank', type: 'N' },
      projection: 'ALL',
    },
    { name: 'byKind', partitionKey: { name: 'kind', type: 'S' }, projection: 'KEYS_ONLY' },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'ttl',
};

export interface TestDatabase {
  readonly database: Database;
  readonly http: FaultInjector;
  /** How long each wait between attempts would have been. */
  readonly waitsMs: number[];
}

/** A database on the DynamoDB of the test run, with scripted faults and without waiting. */
export function openTestDatabase(options: Partial<DatabaseOptions> = {}): TestDatabase {
  const http = createFaultInjector();
  const waitsMs: number[] = [];
  const database = createDatabase({
    region: 'us-east-1',
    endpoint: process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables: { things: `things-${randomUUID()}` },
    requestHandler: http,
    random: () => 0.999,
    sleep: async (ms) => {
      waitsMs.push(ms);
    },
    ...options,
  });

  return { database, http, waitsMs };
}
