import { createDatabase, type Database } from '@cnop/database-core';
import { createFaultInjector, everyCall, type Fault } from '@cnop/testing';
import { entitiesLibraries } from './entities/entities-libraries.ts';

const tables = Object.fromEntries(Object.values(entitiesLibraries).map(({ shape: { name } }) => [name, name]));

/** A database on which every request ends in this one way, and nothing is sent. */
export function cannedDatabase(fault: Fault): Database {
  return createDatabase({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables,
    requestHandler: createFaultInjector({ plan: everyCall(fault), keepCalls: 0 }),
    retry: { maxAttempts: 1 },
  });
}
