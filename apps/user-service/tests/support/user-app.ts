import { getAssetDao } from '@cnop/dao-inventory';
import { UserDao } from '@cnop/dao-user';
import { createAccessCheck } from '@cnop/dao-user/access';
import { createDatabase, databaseSettings, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import type { Role, TokenResponse } from '@cnop/entities-user';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  type Service,
} from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { isolatedTables } from '@cnop/testing';
import { userRoutes, type UserRoutesOptions } from '@cnop/user-service';
import { readEnvironment } from '@cnop/validation';

/** Of whom and for whom the tokens of the tests are. */
export const parties = { issuer: 'http://localhost/test', audience: 'cnop' };

export const password = 'correct horse battery staple';
const unlimited = { address: { max: 100_000, windowMs: 60_000 } };

/** What was answered. */
export interface Answer<TBody> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: TBody;
}

/** A request, of nobody unless a token comes along. */
export interface Sent {
  readonly token?: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly remoteAddress?: string;
}

/** A user who is registered and logged in. */
export interface Person extends TokenResponse {
  readonly username: string;
}

/** The user service on tables of the test file's own, with the stock MSFT at 25.00 USD. */
export interface UserApp {
  readonly database: Database;
  readonly env: NodeJS.ProcessEnv;
  readonly users: UserDao;
  service(): Service;
  send<TBody = unknown>(url: string, sent?: Sent): Promise<Answer<TBody>>;
  post<TBody = unknown>(url: string, body?: unknown, sent?: Sent): Promise<Answer<TBody>>;
  /** What a registration needs, with names of its own. */
  registration(fields?: object): Readonly<Record<string, unknown>> & { readonly username: string };
  /** Registers a user of that role and logs them in. */
  person(role?: Role): Promise<Person>;
}

const shapes = [usersTableShape, ledgerTableShape, inventoryTableShape];

export function useUserApp(routes: Partial<UserRoutesOptions> = {}): UserApp {
  const tables = isolatedTables(['users', 'ledger', 'inventory']);
  const env = {
    ...process.env,
    CNOP_MAX_EVENT_LOOP_DELAY_MS: '3600000',
    CNOP_TABLE_USERS: tables.users,
    CNOP_TABLE_LEDGER: tables.ledger,
    CNOP_TABLE_INVENTORY: tables.inventory,
  };
  const database = createDatabase(readEnvironment(databaseSettings(shapes), env));
  const users = new UserDao({ database });
  let service: Service;
  let people = 0;

  beforeAll(async () => {
    await ensureTables(database, shapes);
    await listStock(database);
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    service = await createService({
      openApi: { title: 'Users', version: '1.0.0' },
      metrics: createMetrics({ processMetrics: false }),
      health: checkTables(database, shapes),
      authentication: {
        users: createAccessCheck({ reader: users, cacheTtlMs: 0 }),
        cacheMs: 0,
        verifier: createTokenVerifier({ ...parties, keys: issuer.publicKeys }),
      },
      server: { logging: false },
      loadShedding: { maxEventLoopDelayMs: Infinity },
      rateLimits: { ...unlimited, user: unlimited.address },
    });
    await service.register(userRoutes, { database, issuer, authLimits: unlimited, ...routes });
  });
  afterAll(async () => {
    await service.close();
    await deleteTables(database, shapes);
    database.close();
  });

  const send = async <TBody>(url: string, sent: Sent = {}): Promise<Answer<TBody>> => {
    const { token, method = 'GET', body, headers, remoteAddress } = sent;
    const answer = await service.inject({
      method,
      url,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as object }),
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
    const text = answer.payload;

    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as TBody,
    };
  };
  const post: UserApp['post'] = (url, body, sent) => send(url, { method: 'POST', body, ...sent });
  const registration = (fields: object = {}) => {
    people += 1;
    const username = `person-${people}`;
    return { username, password, email: `${username}@example.com`, firstName: 'Ada', lastName: 'L', ...fields };
  };

  return {
    database,
    env,
    users,
    service: () => service,
    send,
    post,
    registration,
    person: async (role = 'customer') => {
      const { username, email } = registration() as { username: string; email: string };
      await users.createUser({ username, password, email, firstName: 'Ada', lastName: 'L' }, { role });
      return { username, ...(await post<TokenResponse>('/v1/auth/login', { username, password })).body };
    },
  };
}

async function listStock(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const stock = { name: 'Microsoft', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 } as const;

  await assets.createAsset({ assetId: 'MSFT', ...stock });
  await assets.setPrice({ assetId: 'MSFT', price: '25.00', asOf: new Date().toISOString(), source: 'test' });
}
