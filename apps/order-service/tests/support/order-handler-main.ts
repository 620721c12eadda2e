import { OrderDao } from '@cnop/dao-order';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { createDatabase, databaseSettings } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { createMetrics, createService, createTokenVerifier, type Service } from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { orderRoutes, orderService } from '@cnop/order-service';
import { readEnvironment } from '@cnop/validation';

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

/** The order routes as a function: wired at the first request, on the tables that the environment names. */
export async function handler({ method, path, headers, body }: HandlerEvent): Promise<HandlerResult> {
  service ??= openService();
  const opened = await service;
  const response = await opened.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });

  return { statusCode: response.statusCode, body: response.body };
}

async function openService(): Promise<Service> {
  const { env } = process;
  const database = createDatabase({
    ...readEnvironment(databaseSettings(orderService.tables), env),
    singleWrites: 'transaction',
  });
  const metrics = createMetrics({ processMetrics: false });
  const keys = JSON.parse(env['PUBLIC_KEYS'] ?? '{"keys":[]}') as { keys: [] };
  const service = await createService({
    openApi: { title: 'Orders', version: '1.0.0', page: false },
    metrics,
    health: checkTables(database, orderService.tables),
    authentication: {
      users: createAccessCheck({ reader: getAccessReader(database) }),
      cacheMs: 0,
      verifier: createTokenVerifier({ issuer: 'http://localhost/test', audience: 'cnop', keys }),
    },
    loadShedding: { maxEventLoopDelayMs: Infinity },
    server: { logging: { stream: { write: () => undefined } } },
  });
  await service.register(orderRoutes, {
    flow: createOrderFlow({ database, maxPriceAgeMs: 3_600_000 }),
    orders: new OrderDao({ database }),
    metrics,
  });

  return service;
}
