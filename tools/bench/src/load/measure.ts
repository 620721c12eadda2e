import autocannon from 'autocannon';
import { createDatabase } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';
import { stackTables, type Account } from '@cnop/local-stack';
import { runCallers } from '../callers.ts';
import { openBare } from '../client-cpu/contenders/bare.ts';
import { createTrades } from '../client-cpu/trade.ts';
import type { Figure } from '../figure.ts';
import { answerOf, endProcess, startProcess } from '../service-process.ts';
import { quantile, significant } from '../statistics.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { countAnswers } from './answers.ts';
import { openCustomers } from './customers.ts';

/** How many connections, how long the service is under load, and how long the plain client before and after it. */
export interface LoadOptions {
  readonly connections: number;
  readonly serviceMs: number;
  readonly plainMs: number;
}

/** The plain client too has a connection for each caller. */
const requestHandler = { httpAgent: { keepAlive: true, maxSockets: 128 } };

/**
 * `POST /v1/orders` over HTTP, with authentication, validation, limits and logging, against the plain client's transactions on the same
 * store. Each connection is a customer of its own, and never waits between orders.
 *
 * @throws an Error when an answer was neither an order nor a problem that may be repeated, when a connection failed, or when the ledger
 *   does not hold afterwards.
 */
export async function measureLoad({ connections, serviceMs, plainMs }: LoadOptions): Promise<Figure[]> {
  const store = await openStore('embedded');
  const service = startProcess(new URL('./service.ts', import.meta.url), {
    env: { DYNAMODB_ENDPOINT: store.config.endpoint },
  });

  try {
    const url = await answerOf<string>(service);
    const customers = await openCustomers(url, connections);
    const plain = await openBare({ ...store.config, requestHandler });
    const nextTrade = createTrades();
    const runPlain = () => runCallers(plain, { nextTrade, concurrency: connections, ms: plainMs });

    const before = await runPlain();
    const orders = await runOrders(url, customers, serviceMs);
    const after = await runPlain();
    await assertSoundLedger(store);

    const plainPerSecond = (before.perSecond + after.perSecond) / 2;
    const latencies = [...before.latenciesMs, ...after.latenciesMs];
    const name = `embedded, ${connections} at once`;
    return [
      {
        part: 'load',
        name,
        contender: 'client-dynamodb',
        ratio: 1,
        values: {
          perSecond: significant(plainPerSecond),
          p50Ms: significant(quantile(latencies, 0.5)),
          p90Ms: significant(quantile(latencies, 0.9)),
          p99Ms: significant(quantile(latencies, 0.99)),
        },
      },
      {
        part: 'load',
        name,
        contender: 'POST /v1/orders',
        ratio: significant(orders.requests.average / plainPerSecond),
        values: {
          perSecond: significant(orders.requests.average),
          p50Ms: orders.latency.p50,
          p90Ms: orders.latency.p90,
          p99Ms: orders.latency.p99,
          orders: orders['2xx'],
          toBeRepeated: orders.non2xx,
        },
      },
    ];
  } finally {
    await endProcess(service);
    await store.stop();
  }
}

async function runOrders(url: string, customers: readonly Account[], ms: number): Promise<autocannon.Result> {
  const answers = countAnswers();
  const waiting = [...customers];
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
            answers.add(status, body);
          },
        },
      ]);
    },
  });

  const problems = answers.undeclared();
  if (result.errors > 0) problems.push(`connections that failed: ${result.errors}`);
  if (problems.length > 0) throw new Error(`Orders were answered otherwise than declared: ${problems.join(', ')}.`);
  return result;
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
