import { AssetDao } from '@cnop/dao-inventory';
import { UserDao } from '@cnop/dao-user';
import { createAccessCheck } from '@cnop/dao-user/access';
import { createDatabase, databaseSettings, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import type { Role } from '@cnop/entities-user';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { assetRoutes } from '@cnop/inventory-service';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  type Service,
  type TokenIssuer,
} from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { isolatedTables } from '@cnop/testing';
import { readEnvironment } from '@cnop/validation';

/** Of whom and for whom the tokens of the tests are. */
export const parties = { issuer: 'http://localhost/test', audience: 'cnop' };

/** Who sends a request. */
export type Sender = 'nobody' | Role;

/** What was answered. */
export interface Answer<TBody> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: TBody;
}

/** A request, of nobody unless told otherwise. */
export interface Sent {
  readonly as?: Sender;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly body?: unknown;
}

/** The inventory service on tables of the test file's own, with a user of each role. */
export interface InventoryApp {
  readonly database: Database;
  readonly env: NodeJS.ProcessEnv;
  service(): Service;
  issuer(): TokenIssuer;
  send<TBody = unknown>(url: string, sent?: Sent): Promise<Answer<TBody>>;
}

const shapes = [usersTableShape, inventoryTableShape];
const roles: readonly Role[] = ['customer', 'admin', 'price-feed'];

export function useInventoryApp(): InventoryApp {
  const tables = isolatedTables(['users', 'inventory']);
  const env = {
    ...process.env,
    CNOP_MAX_EVENT_LOOP_DELAY_MS: '3600000',
    CNOP_TABLE_USERS: tables.users,
    CNOP_TABLE_INVENTORY: tables.inventory,
  };
  const database = createDatabase(readEnvironment(databaseSettings(shapes), env));
  const users = new UserDao({ database });
  let service: Service;
  let issuer: TokenIssuer;

  beforeAll(async () => {
    await ensureTables(database, shapes);
    for (const role of roles) {
      await users.createUser(makeUserCreate({ username: role, email: `${role}@example.com` }), { role });
    }
    issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    service = await createService({
      openApi: { title: 'Inventory', version: '1.0.0' },
      metrics: createMetrics({ processMetrics: false }),
      health: checkTables(database, shapes),
      authentication: {
        users: createAccessCheck({ reader: users, cacheTtlMs: 0 }),
        cacheMs: 0,
        verifier: createTokenVerifier({ ...parties, keys: issuer.publicKeys }),
      },
      server: { logging: false },
      loadShedding: { maxEventLoopDelayMs: Infinity },
    });
    await service.register(assetRoutes, { assets: new AssetDao({ database }) });
  });
  afterAll(async () => {
    await service.close();
    await deleteTables(database, shapes);
    database.close();
  });

  return {
    database,
    env,
    service: () => service,
    issuer: () => issuer,
    send: async <TBody>(url: string, { as = 'nobody', method = 'GET', body }: Sent = {}): Promise<Answer<TBody>> => {
      const token =
        as === 'nobody' ? undefined : (await issuer.issue({ username: as, role: as, sessionEpoch: 0 })).accessToken;
      const answer = await service.inject({
        method,
        url,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        ...(body !== undefined && { payload: body as object }),
      });

      return { status: answer.statusCode, headers: answer.headers, body: answer.json<TBody>() };
    },
  };
}
