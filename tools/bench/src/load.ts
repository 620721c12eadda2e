import autocannon from 'autocannon';
import { createDatabase } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';
import { openAccount, stackTables } from '@cnop/local-stack';
import { endProcess, messageOf, startService } from './child-processes.ts';
import { openBare } from './contenders/requests.ts';
import { createTrades } from './market.ts';
import type { Figure } from './report.ts';
import { latenciesOf, significant } from './statistics.ts';
import { openStore, type Store } from './store.ts';
import { requestHandler, runCallers } from './throughput.ts';

/** How many connections, how long the service is under load, and how long the plain client before and after it. */
export interface LoadOptions {
  readonly connections: number;
  readonly serviceMs: number;
  readonly plainMs: number;
}

/**
 * `POST /v1/orders` over HTTP, with authentication, validation, limits and logging, against the plain client's transactions on the same
 * store. Each connection is a customer of its own, and never waits between orders.
 *
 * @throws an Error when a response was neither an order nor a problem that may be repeated, when a connection failed, or when the ledger
 *   does not hold afterwards.
 */
export async function measureLoad({ connections, serviceMs, plainMs }: LoadOptions): Promise<Figure[]> {
  const store = await openStore('embedded');
  const service = startService({ DYNAMODB_ENDPOINT: store.config.endpoint });

  try {
    const url = await messageOf<string>(service);
    const accessTokens: string[] = [];
    while (accessTokens.length < connections) {
      accessTokens.push((await openAccount({ url, deposit: '1000000000.00' })).accessToken);
    }
    const plain = await openBare({ ...store.config, requestHandler });
    const nextTrade = createTrades();
    const runPlain = () => runCallers(() => plain.marketOrder(nextTrade()), { callers: connections, ms: plainMs });
    const order = { orderType: 'MARKET_BUY', assetId: 'IBM', quantity: '0.01', clientOrderId: '[<id>]' };

    const before = await runPlain();
    const requests = [{ path: '/v1/orders', order, isExpected: isDeclared }];
    const answered = await fireRequests({ url, accessTokens, ms: serviceMs, requests });
    const after = await runPlain();
    await assertSoundLedger(store);

    const perSecond = (before.perSecond + after.perSecond) / 2;
    const { p50: p50Ms, p90: p90Ms, p99: p99Ms } = answered.latency;
    const figure = { part: 'load', name: `embedded, ${connections} at once` } as const;
    return [
      {
        ...figure,
        contender: 'client-dynamodb',
        ratio: 1,
        values: {
          perSecond: significant(perSecond),
          ...latenciesOf([...before.latenciesMs, ...after.latenciesMs]),
        },
      },
      {
        ...figure,
        contender: 'POST /v1/orders',
        ratio: significant(answered.requests.average / perSecond),
        values: {
          ...{ perSecond: significant(answered.requests.average), p50Ms, p90Ms, p99Ms },
          ...{ orders: answered['2xx'], toBeRepeated: answered.non2xx },
        },
      },
    ];
  } finally {
    await endProcess(service);
    await store.stop();
  }
}

/** A request, and whether a response is one that it may get. */
export interface FiredRequest {
  readonly path: string;
  /** What to post; without it the path is read. `[<id>]` stands for an id that is new each time. */
  readonly order?: object;
  readonly isExpected: (status: number, body: string) => boolean;
}

/** Where to send requests, for how long, and who sends them: a connection for each token. */
export interface Fire {
  readonly url: string;
  readonly accessTokens: readonly string[];
  readonly ms: number;
  readonly requests: readonly FiredRequest[];
}

/**
 * Sends the requests one after another, over and over, on each connection.
 *
 * @throws an Error when a response was not expected, or when a connection failed.
 */
export async function fireRequests({ url, accessTokens, ms, requests }: Fire): Promise<autocannon.Result> {
  const waiting = [...accessTokens];
  const unexpected: string[] = [];

  const result = await autocannon({
    url,
    connections: accessTokens.length,
    duration: ms / 1_000,
    idReplacement: true,
    setupClient: (client) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${waiting.pop() ?? ''}` };
      client.setRequests(
        requests.map(({ path, order, isExpected }) => ({
          path,
          headers,
          ...(order && { method: 'POST', body: JSON.stringify(order) }),
          onResponse: (status, body) => {
            if (!isExpected(status, body)) unexpected.push(`${path} ${status} ${body.slice(0, 200)}`);
          },
        })),
      );
    },
  });

  if (result.errors > 0) unexpected.push(`connections that failed: ${result.errors}`);
  if (unexpected.length > 0) throw new Error(`${unexpected.length} unexpected responses: ${unexpected[0] ?? ''}`);
  return result;
}

/** A response to an order is either the order or a problem that says that the request may be repeated. */
export function isDeclared(status: number, body: string): boolean {
  if (status === 201) return true;
  try {
    const { code, retryable } = Object(JSON.parse(body)) as { readonly code?: unknown; readonly retryable?: unknown };
    return typeof code === 'string' && retryable === true;
  } catch {
    return false;
  }
}

async function assertSoundLedger({ config }: Store): Promise<void> {
  const database = createDatabase({ ...config, tables: { ...stackTables } });

  try {
    const { broken, brokenCount } = await checkLedger(database);
    if (brokenCount > 0) throw new Error(`The ledger is broken in ${brokenCount} places: ${JSON.stringify(broken[0])}`);
  } finally {
    database.close();
  }
}
