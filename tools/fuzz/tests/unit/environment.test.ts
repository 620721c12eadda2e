import { createDatabase, databaseSettings } from '@cnop/database-core';
import { isDomainError } from '@cnop/exceptions';
import { serverSettings, serviceSettings } from '@cnop/middleware';
import { readEnvironment } from '@cnop/validation';
import fc from 'fast-check';
import type * as z from 'zod';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { shapes } from '../support/canned-database.ts';
import { impurityOf } from '../support/purity.ts';

/** An environment with one thing wrong: as that of a process, texts only. */
const spoiled = (environment: object) =>
  spoil(environment)
    .filter(({ value }) => typeof value === 'object' && value !== null)
    .map(({ value }) => {
      const variables = Object.entries(value as Record<string, unknown>).filter(
        ([, text]) => typeof text === 'string' && !/\p{Cs}/u.test(text),
      );
      return Object.fromEntries(variables) as Record<string, string>;
    });

/** What settings are made of an environment; `undefined` when the error names those that are wrong. */
function readOrRefuse<TSettings>(schema: z.ZodType<TSettings>, env: Record<string, string>): TSettings | undefined {
  try {
    const settings = readEnvironment(schema, env);
    expect(impurityOf(settings)).toBeUndefined();
    return settings;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'CONFIGURATION_INVALID') throw error;
    const [setting, rule] = [/^[A-Za-z_.]+$/, /^[a-z].+$/s].map((form) => expect.stringMatching(form) as string);
    const { settings } = error.details as { settings: readonly unknown[] };

    expect(settings.length).toBeGreaterThan(0);
    expect(settings).toEqual(settings.map(() => ({ setting, rule })));
    return undefined;
  }
}

it('databaseSettings names the variables that are wrong, or gives options that a database opens with', () => {
  const environment = {
    AWS_REGION: 'eu-west-1',
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
    CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: '100',
    CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: '300',
    CNOP_DYNAMODB_MAX_ATTEMPTS: '5',
    ...Object.fromEntries(shapes.map(({ name }) => [`CNOP_TABLE_${name.toUpperCase()}`, name])),
  };

  fc.assert(
    fc.property(spoiled(environment), (env) => {
      const options = readOrRefuse(databaseSettings(shapes), env);
      if (options) createDatabase(options).close();
    }),
    runs(300),
  );
});

const server = {
  PORT: '3000',
  HOST: '127.0.0.1',
  CNOP_MAX_EVENT_LOOP_DELAY_MS: '1000',
  CNOP_REQUESTS_PER_MINUTE_ADDRESS: '600',
  CNOP_REQUESTS_PER_MINUTE_USER: '300',
};

it('serverSettings names the variables that are wrong, or gives a port that there can be and limits above zero', () => {
  fc.assert(
    fc.property(spoiled(server), (env) => {
      const settings = readOrRefuse(serverSettings, env);
      if (!settings) return;
      const { listen, rateLimits, loadShedding } = settings;

      expect(listen.port >= 0 && listen.port <= 65_535 && listen.host !== '').toBe(true);
      expect(Number.isSafeInteger(loadShedding.maxEventLoopDelayMs ?? 1)).toBe(true);
      expect(Object.values(rateLimits).every(({ max }) => Number.isSafeInteger(max) && max > 0)).toBe(true);
    }),
    runs(600),
  );
});

it('serviceSettings names the variables that are wrong, or gives the parties of tokens and no empty address', () => {
  const environment = {
    ...server,
    CNOP_TOKEN_ISSUER: 'https://cnop.example',
    CNOP_TOKEN_AUDIENCE: 'cnop',
    CNOP_LOG_LEVEL: 'info',
    CNOP_TRUST_PROXY: '10.0.0.1, 10.0.0.2',
    CNOP_CORS_ORIGINS: 'https://shop.example',
  };

  fc.assert(
    fc.property(spoiled(environment), (env) => {
      const settings = readOrRefuse(serviceSettings, env);

      expect(settings === undefined || /^https?:/i.test(settings.tokens.issuer)).toBe(true);
      expect([settings?.trustProxy ?? [], settings?.securityHeaders.corsOrigins ?? []].flat()).not.toContain('');
    }),
    runs(300),
  );
});
