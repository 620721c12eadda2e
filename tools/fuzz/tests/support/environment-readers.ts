import { createDatabase, databaseOptionsFromEnv } from '@cnop/database-core';
import { isDomainError } from '@cnop/exceptions';
import { listenOptionsFromEnv } from '@cnop/order-service';
import fc from 'fast-check';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { impurityOf } from './clean-data.ts';
import type { Fuzzed } from './fuzzed.ts';

type Environment = Record<string, string | undefined>;

/** The environment of a process: texts only. */
const spoiled = (environment: Environment): fc.Arbitrary<Environment> =>
  spoil(environment)
    .filter(({ value }) => typeof value === 'object' && value !== null)
    .map(({ value }) =>
      Object.fromEntries(
        Object.entries(value as object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
    );

const databaseEnvironment = {
  AWS_REGION: 'eu-west-1',
  DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
  CNOP_TABLE_USERS: 'users',
  CNOP_TABLE_ORDERS: 'orders',
  CNOP_TABLE_INVENTORY: 'inventory',
  CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: '100',
  CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: '300',
  CNOP_DYNAMODB_MAX_ATTEMPTS: '5',
};

/** Runs a reader: what it gives, or `undefined` when it names the setting that is wrong. */
function readOrRefuse<TOptions>(read: () => TOptions): TOptions | undefined {
  try {
    return read();
  } catch (error) {
    expect(isDomainError(error) && error.code).toBe('CONFIGURATION_INVALID');
    expect((error as { details: unknown }).details).toEqual({
      setting: expect.stringMatching(/^[A-Za-z_.]+$/) as string,
      rule: expect.stringMatching(/^[a-z].+$/s) as string,
    });
    return undefined;
  }
}

/** Readers of environment variables. */
export const environmentReaders: readonly Fuzzed[] = [
  {
    name: 'databaseOptionsFromEnv',
    promise: 'names the variable that is wrong, or gives options that a database opens with',
    check: () => {
      fc.assert(
        fc.property(spoiled(databaseEnvironment), (environment) => {
          readOrRefuse(() => {
            const options = databaseOptionsFromEnv(environment);
            expect(impurityOf(options)).toBeUndefined();
            createDatabase(options).close();
          });
        }),
        runs(300),
      );
    },
  },
  {
    name: 'listenOptionsFromEnv',
    promise: 'names the variable that is wrong, or gives a port that there can be',
    check: () => {
      fc.assert(
        fc.property(spoiled({ PORT: '3000', HOST: '127.0.0.1' }), (environment) => {
          const options = readOrRefuse(() => listenOptionsFromEnv(environment));

          expect(options === undefined || (options.port >= 0 && options.port <= 65_535 && options.host !== '')).toBe(
            true,
          );
        }),
        runs(300),
      );
    },
  },
];
