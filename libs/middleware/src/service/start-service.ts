import {
  createDatabase,
  type Database,
  type DatabaseOptions,
  databaseSettings,
  observeDatabase,
  type SingleWrites,
} from '@cnop/database-core';
import { createHealthRegistry, type CheckOutcome, type HealthCheck, type HealthRegistry } from '@cnop/health';
import { dynamoDbCheck } from '@cnop/health/dynamodb';
import type { TableShape } from '@cnop/utils';
import { type Environment, readEnvironment } from '@cnop/validation';
import type * as z from 'zod';
import type { UserDirectory } from '../access/authentication.ts';
import { createTokenVerifier, type TokenVerifierOptions } from '../access/token-verifier.ts';
import { createService, type Service } from '../create-service.ts';
import { databaseObserver } from '../database-observer.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { serve, type Served } from '../server/serve.ts';
import { serviceSettings, type ServiceSettings } from '../server/service-settings.ts';
import type { Tracing } from '../tracing/start-tracing.ts';

/** A service: what it is called, what it works with, and how it is composed of that. */
export interface ServiceDefinition<TSettings> {
  /** In each line of its log, and in its traces: `order-service`. */
  readonly name: string;
  /** The title of its OpenAPI document. */
  readonly title: string;
  /** The tables that it uses: the environment names each, and the service is ready while all of them are. */
  readonly tables: readonly TableShape[];
  /** What it is told by the environment besides what every service is; the keys are names of variables. */
  readonly settings: z.ZodType<TSettings>;
  /** Default `plain`. */
  readonly singleWrites?: SingleWrites;
  compose(parts: ServiceParts<TSettings>): Composition | Promise<Composition>;
}

/** What a service is composed of. */
export interface ServiceParts<TSettings> {
  readonly settings: TSettings;
  readonly database: Database;
  readonly metrics: Pick<Metrics, 'actionTimer' | 'registry'>;
  /** The `iss` and `aud` of access tokens. */
  readonly tokens: ServiceSettings['tokens'];
}

/** What differs from service to service. */
export interface Composition {
  /** Says whether the user of an access token may still act; asked at every request. */
  readonly users: UserDirectory;
  /** What access tokens are verified with: public keys, or the address that publishes them. */
  readonly keys: TokenVerifierOptions['keys'];
  readonly addRoutes: (service: Service) => Promise<void>;
  /** Done before the service listens. */
  readonly prepare?: () => Promise<void>;
}

/**
 * Starts a service: reads its environment, opens its database, composes it, and listens until it is stopped. Log on standard output,
 * metrics at `/metrics`, the health of its tables at `/health`, and spans where `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector.
 *
 * When it cannot start, nothing is left open.
 *
 * @throws ConfigurationError naming every variable that is missing or wrong.
 * @example
 * await runUntilSignal(orderService.name, () => startService(orderService, process.env));
 */
export async function startService<TSettings>(
  definition: ServiceDefinition<TSettings>,
  env: Environment,
): Promise<Served> {
  const { own, database: databaseOptions, service: settings } = readEnvironment(settingsOf(definition), env);
  const database = createDatabase({ ...databaseOptions, singleWrites: definition.singleWrites });
  const metrics = createMetrics();
  let tracing: Tracing | undefined;

  return await serve({
    create: async () => {
      tracing = await startTracingOf(definition.name, settings);
      const parts = { settings: own, database, metrics, tokens: settings.tokens };
      const { users, keys, addRoutes, prepare } = await definition.compose(parts);
      const service = await createService({
        ...optionsOf(definition, settings),
        authentication: { users, cacheMs: 0, verifier: createTokenVerifier({ ...settings.tokens, keys }) },
        health: checkTables(database, definition.tables),
        metrics,
        tracer: tracing?.tracer,
      });

      observeDatabase(database, databaseObserver({ log: service.log, metrics, tracer: tracing?.tracer }));
      return {
        service,
        prepare: async () => {
          await addRoutes(service);
          await prepare?.();
        },
      };
    },
    listen: settings.listen,
    release: async () => {
      database.close();
      await tracing?.stop();
    },
  });
}

interface Settings<TSettings> {
  readonly own: TSettings;
  readonly database: DatabaseOptions;
  readonly service: ServiceSettings;
}

const settingsOf = <TSettings>({ tables, settings }: ServiceDefinition<TSettings>): z.ZodType<Settings<TSettings>> =>
  serviceSettings
    .transform((service) => ({ service }))
    .and(databaseSettings(tables).transform((database) => ({ database })))
    .and(settings.transform((own) => ({ own })));

/** What every service makes of its environment. */
const optionsOf = ({ name, title }: { readonly name: string; readonly title: string }, settings: ServiceSettings) => ({
  openApi: { title, version: '1.0.0' },
  server: { logging: { name, level: settings.logLevel }, trustProxy: settings.trustProxy },
  rateLimits: settings.rateLimits,
  loadShedding: settings.loadShedding,
  securityHeaders: settings.securityHeaders,
});

/** The SDK of OpenTelemetry is loaded only where it is used. */
async function startTracingOf(name: string, { tracing }: ServiceSettings): Promise<Tracing | undefined> {
  if (!tracing) return undefined;
  const { startTracing } = await import('../tracing/start-tracing.ts');

  return startTracing({ serviceName: name, ...tracing });
}

/**
 * The health of these tables, with their keys and indexes, and of our clock; a service is ready while all of them are. So it is not with
 * the names of two tables mixed up, or before an index of its release is there.
 */
export function checkTables(database: Database, shapes: readonly TableShape[]): HealthRegistry {
  const health = createHealthRegistry();
  const checks = shapes.map((shape) =>
    dynamoDbCheck({ client: database.reader, tableName: database.tableName(shape.name), shape }),
  );

  for (const check of checks) health.register(check);
  health.register({ name: 'clock', check: (signal) => checkClock(database, checks[0], signal) });
  return health;
}

/** Compares the clocks by an answer of the database to a check of its own. */
async function checkClock(
  { clockWatch }: Database,
  table: HealthCheck | undefined,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  await table?.check(signal);

  return clockWatch.refusal() ? { status: 'fail', message: 'CLOCK_OFF' } : { status: 'pass' };
}
