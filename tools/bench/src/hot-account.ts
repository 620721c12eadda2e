import { setTimeout } from 'node:timers/promises';
import { createDatabase, type DatabaseOptions } from '@cnop/database-core';
import { createAccountQueue, createOrderFlow, type OrderFlowOptions } from '@cnop/flow-order';
import { encode, wireResponse } from './canned-handler.ts';
import { warmPrice } from './contenders/cnop.ts';
import { createTrades, market, tables } from './market.ts';
import type { Figure } from './report.ts';
import { measureInTurn, median, quantile, significant } from './statistics.ts';
import { runCallers } from './throughput.ts';

/** How long, and with how many callers on the one account. */
export interface HotAccountOptions {
  readonly callers: number;
  readonly rounds: number;
  readonly roundMs: number;
  /** How long the store holds the items of a transaction. */
  readonly transactionMs: number;
}

/** Orders per second of many callers on one account, where transactions that overlap are refused, with and without an account queue. */
export async function measureHotAccount(options: HotAccountOptions): Promise<Figure[]> {
  const measured = await measureInTurn(['without the queue', 'with the queue'], options.rounds, {
    measure: (name) => run(options, name === 'with the queue' ? { accountQueue: createAccountQueue() } : {}),
    figureOf: ({ ordersPerSecond }) => ordersPerSecond,
  });

  return measured.map(({ name: contender, own, ratios }) => {
    const medianOf = (key: keyof Awaited<ReturnType<typeof run>>) =>
      significant(median(own.map((round) => round[key])));

    return {
      part: 'hot-account',
      name: 'orders per second',
      contender,
      ratio: significant(median(ratios)),
      values: {
        ordersPerSecond: medianOf('ordersPerSecond'),
        requestsPerOrder: medianOf('requestsPerOrder'),
        givenUpPercent: medianOf('givenUpPercent'),
        p99Ms: medianOf('p99Ms'),
      },
    };
  });
}

async function run({ callers, roundMs, transactionMs }: HotAccountOptions, flowOptions: Partial<OrderFlowOptions>) {
  const store = createConflictingStore(transactionMs);
  const database = createDatabase({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    requestHandler: store.requestHandler as DatabaseOptions['requestHandler'],
    tables,
  });
  const flow = createOrderFlow({ database, priceSource: warmPrice, ...flowOptions });
  const nextTrade = createTrades();
  const { owner, assetId, quantity } = market;
  const latenciesMs: number[] = [];
  let givenUp = 0;

  const place = async () => {
    const { clientOrderId } = nextTrade();
    const asked = performance.now();
    try {
      await flow.placeOrder({ owner, order: { orderType: 'MARKET_BUY', assetId, quantity, clientOrderId } });
      latenciesMs.push(performance.now() - asked);
    } catch (error) {
      if ((error as { code?: string }).code !== 'CONTENTION') throw error;
      givenUp += 1;
    }
  };
  const start = performance.now();
  await runCallers(place, { callers, ms: roundMs });
  const placed = latenciesMs.length;

  return {
    ordersPerSecond: (1_000 * placed) / (performance.now() - start),
    givenUpPercent: (100 * givenUp) / (placed + givenUp),
    requestsPerOrder: store.requests() / placed,
    /** From asking for an order to its being placed. */
    p99Ms: quantile(latenciesMs, 0.99),
  };
}

type WireKey = Readonly<Record<'pk' | 'sk', { readonly S: string }>>;

interface WireTransaction {
  readonly TransactItems: readonly Readonly<Record<string, { TableName: string; Key?: WireKey; Item?: WireKey }>>[];
}

/** A request handler that refuses a transaction whose items are in another one, as DynamoDB does and no emulator; it stores nothing. */
export function createConflictingStore(transactionMs: number) {
  const inFlight = new Set<string>();
  let requests = 0;

  const handle = async (request: unknown): Promise<unknown> => {
    requests += 1;
    const keys = keysOf((request as { body: Uint8Array }).body);
    const conflicts = keys.map((key) => inFlight.has(key));

    if (conflicts.includes(true)) {
      await setTimeout(1);
      const CancellationReasons = conflicts.map((conflict) => ({ Code: conflict ? 'TransactionConflict' : 'None' }));
      const __type = 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException';
      return wireResponse(400, encode({ __type, message: 'Transaction cancelled.', CancellationReasons }));
    }
    for (const key of keys) inFlight.add(key);
    await setTimeout(transactionMs);
    for (const key of keys) inFlight.delete(key);
    return wireResponse(200, encode({}));
  };

  return { requestHandler: { handle }, requests: () => requests };
}

function keysOf(body: Uint8Array): string[] {
  const { TransactItems } = JSON.parse(new TextDecoder().decode(body)) as WireTransaction;

  return TransactItems.flatMap((action) => Object.values(action)).map(({ TableName, Key, Item }) => {
    const key = Key ?? Item;
    return `${TableName} ${String(key?.pk.S)} ${String(key?.sk.S)}`;
  });
}
