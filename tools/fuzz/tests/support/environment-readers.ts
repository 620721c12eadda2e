import { createDatabase, databaseSettings } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { isDomainError } from '@cnop/exceptions';
import { serverSettings, serviceSettings } from '@cnop/middleware';
import { readEnvironment } from '@cnop/validation';
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
        Object.entries(value as object).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string' && !/\p{Cs}/u.test(entry[1]),
        ),
      ),
    );

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];
const databaseEnvironment = {
  AWS_REGION: 'eu-west-1',
  DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
  CNOP_TABLE_USERS: 'users',
  CNOP_TABLE_LEDGER: 'ledger',
  CNOP_TABLE_ORDERS: 'orders',
  CNOP_TABLE_INVENTORY: 'inventory',
  CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: '100',
  CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: '300',
  CNOP_DYNAMODB_MAX_ATTEMPTS: '5',
};

const limitsEnvironment = {
  CNOP_MAX_EVENT_LOOP_DELAY_MS: '1000',
  CNOP_REQUESTS_PER_MINUTE_ADDRESS: '600',
  CNOP_REQUESTS_PER_MINUTE_USER: '300',
};
const serviceEnvironment = {
  ...limitsEnvironment,
  PORT: '3000',
  CNOP_TOKEN_ISSUER: 'https://cnop.example',
  CNOP_TOKEN_AUDIENCE: 'cnop',
  CNOP_LOG_LEVEL: 'info',
  CNOP_TRUST_PROXY: '10.0.0.1, 10.0.0.2',
  CNOP_CORS_ORIGINS: 'https://shop.example',
  CNOP_MAX_EVENT_LOOP_DELAY_MS: '1000',
};

/** Runs a reader: what it gives, or `undefined` when it names the setting that is wrong. */
function readOrRefuse<TOptions>(read: () => TOptions): TOptions | undefined {
  try {
    return read();
  } catch (error) {
    expect(isDomainError(error) && error.code).toBe('CONFIGURATION_INVALID');
    const { settings } = (error as { details: { settings: readonly unknown[] } }).details;
    expect(settings.length).toBeGreaterThan(0);
    for (const each of settings) {
      expect(each).toEqual({
        setting: expect.stringMatching(/^[A-Za-z_.]+$/) as string,
        rule: expect.stringMatching(/^[a-z].+$/s) as string,
      });
    }
    return undefined;
  }
}

/** Readers of environment variables. */
export const environmentReaders: readonly Fuzzed[] = [
  {
    name: 'databaseSettings',
    promise: 'names the variables that are wrong, or gives options that a database opens with',
    check: () => {
      fc.assert(
        fc.property(spoiled(databaseEnvironment), (environment) => {
          readOrRefuse(() => {
            const options = readEnvironment(databaseSettings(shapes), environment);
            expect(impurityOf(options)).toBeUndefined();
            createDatabase(options).close();
          });
        }),
        runs(300),
      );
    },
  },
  {
    name: 'serviceSettings',
    promise: 'names the variables that are wrong, or gives the parties of tokens and no empty address',
    check: () => {
      fc.assert(
        fc.property(spoiled(serviceEnvironment), (environment) => {
          const settings = readOrRefuse(() => readEnvironment(serviceSettings, environment));

          expect(impurityOf(settings)).toBeUndefined();
          expect(settings === undefined || /^https?:/i.test(settings.tokens.issuer)).toBe(true);
          expect([settings?.trustProxy ?? [], settings?.securityHeaders.corsOrigins ?? []].flat()).not.toContain('');
        }),
        runs(300),
      );
    },
  },
  {
    name: 'serverSettings',
    promise: 'names the variables that are wrong, or gives a port that there can be and limits above zero',
    check: () => {
      fc.assert(
        fc.property(spoiled({ PORT: '3000', HOST: '127.0.0.1', ...limitsEnvironment }), (environment) => {
          const settings = readOrRefuse(() => readEnvironment(serverSettings, environment));
          if (!settings) return;
          const { listen, rateLimits, loadShedding } = settings;

          expect(listen.port >= 0 && listen.port <= 65_535 && listen.host !== '').toBe(true);
          expect(Number.isSafeInteger(loadShedding.maxEventLoopDelayMs ?? 1)).toBe(true);
          expect(Object.values(rateLimits).every(({ max }) => Number.isSafeInteger(max) && max > 0)).toBe(true);
        }),
        runs(600),
      );
    },
  },
];
