import { createDatabase, type Database } from '@cnop/database-core';
import { createFaultInjector, everyCall, type Fault } from '@cnop/testing';

/** A database on which every request ends in this one way, and nothing is sent. */
export function cannedDatabase(fault: Fault): Database {
  return createDatabase({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables: { users: 'users', orders: 'orders', inventory: 'inventory' },
    requestHandler: createFaultInjector({ plan: everyCall(fault), keepCalls: 0 }),
    retry: { maxAttempts: 1 },
  });
}
