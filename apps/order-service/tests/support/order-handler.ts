import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { createDatabase, databaseOptionsFromEnv } from '@cnop/database-core';
import { createMetrics, createTokenVerifier, type Service } from '@cnop/middleware';
import { checkTables, createOrderService } from '@cnop/order-service';

/** A request as a gateway hands it to a function. */
export interface HandlerEvent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the gateway sends back. */
export interface HandlerResult {
  readonly statusCode: number;
  readonly body: string;
}

let service: Promise<Service> | undefined;

/** The order service as a function: wired at the first request, on the tables that the environment names. */
export async function handler({ method, path, headers, body }: HandlerEvent): Promise<HandlerResult> {
  service ??= openService();
  const response = await (
    await service
  ).inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });

  return { statusCode: response.statusCode, body: response.body };
}

async function openService(): Promise<Service> {
  const { env } = process;
  const database = createDatabase({ ...databaseOptionsFromEnv(env), singleWrites: 'transaction' });
  const keys = JSON.parse(env['PUBLIC_KEYS'] ?? '{"keys":[]}') as { keys: [] };

  return await createOrderService({
    database,
    docsPage: false,
    metrics: createMetrics({ processMetrics: false }),
    health: checkTables(database),
    authentication: {
      users: createAccessCheck({ reader: getAccessReader(database) }),
      cacheMs: 0,
      verifier: createTokenVerifier({ issuer: 'http://localhost/test', audience: 'cnop', keys }),
    },
    flow: { maxPriceAgeMs: 3_600_000 },
    loadShedding: { maxEventLoopDelayMs: Infinity },
    server: { logging: { stream: { write: () => undefined } } },
  });
}
