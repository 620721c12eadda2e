import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';
import { openAccount } from '@cnop/local-stack';
import { startDynamoDb } from '@cnop/testing';
import autocannon, { type Client } from 'autocannon';
import type { Load, LoadOptions } from './measure-bare.ts';

/** What clients of the route had. */
export interface RouteLoad extends Load {
  /** How often each code was answered; `201` for an order. */
  readonly answers: Readonly<Record<string, number>>;
  /** Connections that failed, and requests without an answer. */
  readonly failures: number;
  readonly brokenCount: number;
  /** Orders that the ledger holds. */
  readonly orders: number;
}

const order = JSON.stringify({ orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '0.1' });
const tables = { users: 'load-users', orders: 'load-orders', inventory: 'load-inventory' };

/**
 * Orders over HTTP, as fast as they are answered: each connection is a user of her own. The service is a process of its own over a new
 * embedded store, with its log, its limits (raised) and its checks as in production.
 */
export async function measureRoute({ concurrency, seconds }: LoadOptions): Promise<RouteLoad> {
  const env = { ...process.env, DYNAMODB_ENDPOINT: undefined, CNOP_DYNAMODB: 'embedded' };
  const dynamoDb = await startDynamoDb({ env });
  const { endpoint, region, credentials } = dynamoDb;
  const database = createDatabase({ endpoint, region, credentials, tables });
  const service = fork(fileURLToPath(new URL('./service.ts', import.meta.url)), [JSON.stringify(tables)], {
    env: { ...process.env, DYNAMODB_ENDPOINT: endpoint, AWS_REGION: region },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  try {
    const [url] = (await once(service, 'message')) as [string];
    const tokens: string[] = [];
    for (let n = 0; n < concurrency; n += 1) {
      tokens.push((await openAccount({ url, deposit: '100000000.00' })).accessToken);
    }
    const { answers, ...load } = await sendOrders(url, { tokens, seconds });
    await end(service);

    const { brokenCount, counts } = await checkLedger(database);
    return { ...load, answers, brokenCount, orders: counts.orders };
  } finally {
    await end(service);
    database.close();
    await dynamoDb.stop();
  }
}

interface Sending {
  readonly tokens: readonly string[];
  readonly seconds: number;
}

async function sendOrders(url: string, { tokens, seconds }: Sending) {
  const answers: Record<string, number> = {};
  const latenciesMs: number[] = [];
  let connected = 0;
  const setupClient = (client: Client) => {
    const token = tokens[connected % tokens.length] ?? '';
    connected += 1;
    client.setHeaders({ 'content-type': 'application/json', authorization: `Bearer ${token}` });
    client.on('response', (status, _bytes, ms) => {
      if (status === 201) latenciesMs.push(ms);
    });
    client.on('body', (body) => {
      const { code = '201' } = JSON.parse(body.toString()) as { readonly code?: string };
      answers[code] = (answers[code] ?? 0) + 1;
    });
  };

  const started = performance.now();
  const { errors, timeouts, mismatches } = await autocannon({
    url: `${url}/v1/orders`,
    method: 'POST',
    body: order,
    connections: tokens.length,
    duration: seconds,
    setupClient,
  });
  const count = latenciesMs.length;
  const perSecond = (count * 1_000) / (performance.now() - started);

  return { answers, latenciesMs, count, perSecond, failures: errors + timeouts + mismatches };
}

async function end(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;

  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  await ended;
}
