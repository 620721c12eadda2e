import {
  DynamoDBClient,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Figure } from '../report.ts';
import { median, significant } from '../statistics.ts';
import { requestHandler } from '../throughput.ts';
import { byOwner, captureWrites, toTables } from './captured-writes.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { storeOpenOrders } from './stored-orders.ts';

/** How many rounds, of how many orders each. */
export interface SpeedOptions {
  readonly rounds: number;
  readonly orders: number;
}

/** Owners whose orders an engine fills side by side; the plain client has as many callers. */
const ownersAtOnce = 8;
/** Rounds before anything counts, for the compiler. */
const warmUpRounds = 2;

/**
 * Orders that an engine fills per second, against the plain SDK client that sends the same transactions to a store that holds the same.
 * A tick makes the orders of each round due; finding and judging them is in the engine's figure.
 */
export async function measureSpeed(options: SpeedOptions): Promise<Figure[]> {
  const rounds = options.rounds + warmUpRounds;
  const stores: Exchange[] = [];
  const perSecond: { readonly engine: number; readonly plain: number }[] = [];

  try {
    const ours = await openFilled({ ...options, rounds }, stores);
    const theirs = await openFilled({ ...options, rounds }, stores);
    const plain = new DynamoDBClient({ ...theirs.config, requestHandler });
    const tables = new Map(Object.entries(ours.tables).map(([key, name]) => [name, nameOf(theirs, key)]));
    const engine = ours.engine({ ownersAtOnce });
    await engine.workTicks('GLDX');

    for (let round = 0; round < rounds; round += 1) {
      await ours.tick('GLDX', priceOf(round));
      const sent = captureWrites(ours.database);
      const engineMs = await timed(() => engine.workTicks('GLDX'));
      sent.stop();
      const owners = byOwner(sent.inputs.map((input) => toTables(input, tables)));
      const plainMs = await timed(() => sendAll(plain, owners));
      const count = 1_000 * sent.inputs.length;
      if (round >= warmUpRounds) perSecond.push({ engine: count / engineMs, plain: count / plainMs });
    }
    plain.destroy();
  } finally {
    for (const store of stores) await store.stop();
  }
  return figuresOf(perSecond);
}

const nameOf = ({ tables }: Exchange, key: string): string => tables[key as keyof typeof tables];
/** Each a tenth below the one before. */
const priceOf = (round: number): string => (49 - round / 10).toFixed(3);

/** A store with open orders, of which the price of each round makes as many due. */
async function openFilled({ rounds, orders }: SpeedOptions, stores: Exchange[]): Promise<Exchange> {
  const exchange = await openExchange();
  stores.push(exchange);
  await exchange.list('GLDX', '50');
  await storeOpenOrders(exchange, {
    assetId: 'GLDX',
    count: rounds * orders,
    owners: Math.ceil(orders / 4),
    terms: { orderType: 'LIMIT_BUY', limitPrice: '49' },
    change: (index) => ({ limitPriceMinor: BigInt(priceOf(Math.floor(index / orders)).replace('.', '')) }),
  });

  return exchange;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Owners side by side, the writes of each one after another. */
async function sendAll(client: DynamoDBClient, owners: TransactWriteItemsCommandInput[][]): Promise<void> {
  const take = async (): Promise<void> => {
    for (let inputs = owners.pop(); inputs; inputs = owners.pop())
      for (const input of inputs) await client.send(new TransactWriteItemsCommand(input));
  };

  await Promise.all(Array.from({ length: ownersAtOnce }, take));
}

function figuresOf(rounds: readonly { readonly engine: number; readonly plain: number }[]): Figure[] {
  const figure = (contender: string, ratio: number, perSecond: readonly number[]): Figure => ({
    part: 'standing-speed',
    name: 'orders filled',
    contender,
    ratio: significant(ratio),
    values: { ordersPerSecond: significant(median(perSecond)) },
  });

  return [
    figure(
      'client-dynamodb',
      1,
      rounds.map(({ plain }) => plain),
    ),
    figure(
      'cnop',
      median(rounds.map(({ engine, plain }) => engine / plain)),
      rounds.map(({ engine }) => engine),
    ),
  ];
}
