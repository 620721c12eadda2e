import { OrderDao } from '@cnop/dao-order';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { observeDatabase, type Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  databaseObserver,
  generateSigningKey,
  type AccessClaims,
  type Service,
  type TokenIssuer,
  type UserDirectory,
} from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { orderRoutes, type OrderEvents } from '@cnop/order-service';
import { shapes, useTestTables, type TestTables, type TestTablesOptions } from './test-tables.ts';

/** Of whom and for whom the tokens of the tests are. */
export const parties = { issuer: 'http://localhost/test', audience: 'cnop' };

/** What was answered. */
export interface Answer<TBody> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: TBody;
}

/** A request of a user, or of nobody. */
export interface Sent {
  readonly username?: string;
  readonly claims?: Partial<AccessClaims>;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The order service on tables of the test file's own. */
export interface OrderApp extends TestTables {
  readonly log: readonly string[];
  service(): Service;
  issuer(): TokenIssuer;
  send<TBody = unknown>(url: string, sent?: Sent): Promise<Answer<TBody>>;
  /** Places an order for two MSFT, at 25.00 USD each, unless told otherwise. */
  buy<TBody = unknown>(username: string, fields?: object, headers?: Sent['headers']): Promise<Answer<TBody>>;
}

export const buyTwo = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2' };

/** What {@link useOrderApp} takes. */
export interface OrderAppOptions extends TestTablesOptions {
  readonly events?: (database: Database, users: UserDirectory) => OrderEvents;
}

export function useOrderApp(options: OrderAppOptions = {}): OrderApp {
  const tables = useTestTables(options);
  const { database } = tables;
  const log: string[] = [];
  let service: Service;
  let issuer: TokenIssuer;

  beforeAll(async () => {
    const metrics = createMetrics({ processMetrics: false });
    issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    const users = createAccessCheck({ reader: getAccessReader(database), cacheTtlMs: 0 });
    service = await createService({
      openApi: { title: 'Orders', version: '1.0.0' },
      metrics,
      health: checkTables(database, shapes),
      authentication: {
        users,
        cacheMs: 0,
        verifier: createTokenVerifier({ ...parties, keys: issuer.publicKeys }),
      },
      loadShedding: { maxEventLoopDelayMs: Infinity },
      server: { logging: { stream: { write: (line) => void log.push(line) } } },
    });
    await service.register(orderRoutes, {
      flow: createOrderFlow({ database, maxPriceAgeMs: 3_600_000 }),
      orders: new OrderDao({ database }),
      metrics,
      events: options.events?.(database, users),
    });
    observeDatabase(database, databaseObserver({ log: service.log, metrics }));
  });
  afterAll(() => service.close());

  const send = async <TBody>(url: string, sent: Sent = {}): Promise<Answer<TBody>> => {
    const { username, claims, method = 'GET', body, headers } = sent;
    const token =
      username === undefined
        ? undefined
        : (await issuer.issue({ username, role: 'customer', sessionEpoch: 0, ...claims })).accessToken;
    const answer = await service.inject({
      method,
      url,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    });

    return { status: answer.statusCode, headers: answer.headers, body: answer.json<TBody>() };
  };

  return {
    ...tables,
    log,
    service: () => service,
    issuer: () => issuer,
    send,
    buy: (username, fields, headers) =>
      send('/v1/orders', { username, method: 'POST', body: { ...buyTwo, ...fields }, ...(headers && { headers }) }),
  };
}
