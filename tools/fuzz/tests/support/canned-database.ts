import { createDatabase, type Database } from '@cnop/database-core';
import { createFaultInjector, everyCall, type Fault } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';
import { librariesOf } from './libraries.ts';

/** The table of every domain. */
export const shapes = librariesOf('entities', '/shape').flatMap(
  ([, exported]) => Object.values(exported) as TableShape[],
);

/** A database on which every request ends in this one way, and nothing is sent. */
export const cannedDatabase = (fault: Fault): Database =>
  createDatabase({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables: Object.fromEntries(shapes.map(({ name }) => [name, name])),
    requestHandler: createFaultInjector({ plan: everyCall(fault), keepCalls: 0 }),
    retry: { maxAttempts: 1 },
  });
