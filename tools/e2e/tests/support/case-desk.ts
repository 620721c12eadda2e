import { AssetDao } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { OrderDao } from '@cnop/dao-order';
import { getUserDao } from '@cnop/dao-user';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { flatFee } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import type { Role } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEngine, type OrderEngine } from '@cnop/flow-order/engine';
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
import { orderRoutes } from '@cnop/order-service';
import { isolatedTables, testConnection } from '@cnop/testing';
import { userRoutes } from '@cnop/user-service';
import { createManualClock, type ManualClock } from '@cnop/utils';

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];
const unlimited = { max: 1_000_000, windowMs: 60_000 };
const parties = { issuer: 'http://localhost/cases', audience: 'cnop' };

/** What differs between deployments. */
export interface DeskTerms {
  readonly feeBps: number;
  readonly collarBps: number;
}

/** What was answered. */
export interface DeskAnswer<TBody> {
  readonly status: number;
  readonly body: TBody;
}

/** Sends a request such as `GET /v1/orders`. */
export type Send = <TBody = unknown>(request: string, body?: object) => Promise<DeskAnswer<TBody>>;

/** A deployment with terms of its own: the routes of all services at one origin, and the engine of its worker. */
export interface Desk {
  readonly engine: OrderEngine;
  /** Sends as a user. */
  as(username: string, role?: Role): Send;
}

/** Deployments on the tables of the test file, at a time that the test sets. */
export interface CaseDesks {
  readonly database: Database;
  readonly clock: ManualClock;
  readonly balances: BalanceDao;
  /** The deployment with these terms; the same one each time. */
  desk(terms: DeskTerms): Promise<Desk>;
  /** Registers a user. */
  register(username: string, role?: Role): Promise<string>;
}

/** Makes the tables before the tests of the file and deletes them after. */
export function useCaseDesks(): CaseDesks {
  const clock = createManualClock('2026-01-01T00:00:00.000Z');
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const database = createDatabase({ ...testConnection(), tables, clock });
  const open = new Map<string, Promise<Desk & { readonly service: Service }>>();

  beforeAll(() => ensureTables(database, shapes));
  afterAll(async () => {
    for (const desk of open.values()) await (await desk).service.close();
    await deleteTables(database, shapes);
    database.close();
  });
  return {
    database,
    clock,
    balances: new BalanceDao({ database }),
    desk: (terms) => {
      const name = JSON.stringify(terms);
      const desk = open.get(name) ?? openDesk(database, terms);
      open.set(name, desk);
      return desk;
    },
    register: async (username, role = 'customer') => {
      await getUserDao(database).createUser(makeUserCreate({ username, email: `${username}@example.com` }), { role });
      return username;
    },
  };
}

async function openDesk(database: Database, { feeBps, collarBps }: DeskTerms): Promise<Desk & { service: Service }> {
  const metrics = createMetrics({ processMetrics: false });
  const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
  const service = await createService({
    openApi: { title: 'CNOP', version: '1.0.0' },
    metrics,
    health: checkTables(database, shapes),
    rateLimits: { address: unlimited, user: unlimited },
    authentication: {
      users: createAccessCheck({ reader: getAccessReader(database), cacheTtlMs: 0 }),
      cacheMs: 0,
      verifier: createTokenVerifier({ ...parties, keys: issuer.publicKeys }),
    },
    loadShedding: { maxEventLoopDelayMs: Infinity },
    server: { logging: { stream: { write: () => undefined } } },
  });
  await service.register(userRoutes, { database, issuer });
  await service.register(orderRoutes, {
    flow: createOrderFlow({ database, collarBps, feeSchedule: flatFee(feeBps) }),
    orders: new OrderDao({ database }),
    metrics,
  });
  await service.register(assetRoutes, { assets: new AssetDao({ database }) });

  return {
    service,
    engine: createOrderEngine({ database, collarBps }),
    as: (username, role = 'customer') => senderOf(service, issuer, { username, role }),
  };
}

function senderOf(service: Service, issuer: TokenIssuer, user: { username: string; role: Role }): Send {
  return async (request, body) => {
    const [method, url] = request.split(' ') as ['GET' | 'POST' | 'PUT' | 'PATCH', string];
    const { accessToken } = await issuer.issue({ ...user, sessionEpoch: 0 });
    const answer = await service.inject({
      method,
      url,
      headers: { authorization: `Bearer ${accessToken}` },
      ...(body && { payload: body }),
    });

    return { status: answer.statusCode, body: answer.json() };
  };
}
