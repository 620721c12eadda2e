import autocannon from 'autocannon';
import { createDatabase } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';
import { openAccount, stackTables, type Account } from '@cnop/local-stack';
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
    const customers: Account[] = [];
    while (customers.length < connections) customers.push(await openAccount({ url, deposit: '1000000000.00' }));
    const plain = await openBare({ ...store.config, requestHandler });
    const nextTrade = createTrades();
    const runPlain = () => runCallers(plain, { nextTrade, concurrency: connections, ms: plainMs });

    const before = await runPlain();
    const { requests, latency, non2xx, ...orders } = await runOrders(url, customers, serviceMs);
    const after = await runPlain();
    await assertSoundLedger(store);

    const perSecond = (before.perSecond + after.perSecond) / 2;
    const latencies = latenciesOf([...before.latenciesMs, ...after.latenciesMs]);
    const { p50: p50Ms, p90: p90Ms, p99: p99Ms } = latency;
    const figure = { part: 'load', name: `embedded, ${connections} at once` } as const;
    return [
      {
        ...figure,
        contender: 'client-dynamodb',
        ratio: 1,
        values: { perSecond: significant(perSecond), ...latencies },
      },
      {
        ...figure,
        contender: 'POST /v1/orders',
        ratio: significant(requests.average / perSecond),
        values: {
          ...{ perSecond: significant(requests.average), p50Ms, p90Ms, p99Ms },
          ...{ orders: orders['2xx'], toBeRepeated: non2xx },
        },
      },
    ];
  } finally {
    await endProcess(service);
    await store.stop();
  }
}

async function runOrders(url: string, customers: readonly Account[], ms: number): Promise<autocannon.Result> {
  const waiting = [...customers];
  const undeclared: string[] = [];
  const order = { orderType: 'MARKET_BUY', assetId: 'IBM', quantity: '0.01', clientOrderId: '[<id>]' };

  const result = await autocannon({
    url,
    connections: customers.length,
    duration: ms / 1_000,
    idReplacement: true,
    setupClient: (client) => {
      const { accessToken = '' } = waiting.pop() ?? {};
      client.setRequests([
        {
          method: 'POST',
          path: '/v1/orders',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
          body: JSON.stringify(order),
          onResponse: (status, body) => {
            if (!isDeclared(status, body)) undeclared.push(`${status} ${body.slice(0, 200)}`);
          },
        },
      ]);
    },
  });

  if (result.errors > 0) undeclared.push(`connections that failed: ${result.errors}`);
  if (undeclared.length > 0) {
    throw new Error(`${undeclared.length} responses were neither orders nor to be repeated: ${undeclared[0] ?? ''}`);
  }
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
