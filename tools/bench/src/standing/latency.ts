import { setTimeout as pause } from 'node:timers/promises';
import { logIn, openAccount } from '@cnop/local-stack';
import { endProcess, messageOf, startService } from '../child-processes.ts';
import type { Figure } from '../report.ts';
import type { ServiceUser } from '../service.ts';
import { latenciesOf, significant } from '../statistics.ts';

/** How many prices, of how many assets in turn, and how many of them a second. */
export interface LatencyOptions {
  readonly ticks: number;
  readonly assets: number;
  readonly ticksPerSecond: number;
}

type Send = (request: string, body: object) => Promise<void>;

/** How many cents the first price is; each price is a cent below the one before. */
const firstCents = 100_000;
const priceOf = (cents: number): string => (cents / 100).toFixed(2);

/**
 * From a price that is sent to the local stack to the fill that a client's stream shows, over HTTP: each price makes one order due, and each
 * asset has an owner of its own.
 */
export async function measureLatency({ ticks, assets, ticksPerSecond }: LatencyOptions): Promise<Figure[]> {
  const service = startService();

  try {
    const url = await messageOf<string>(service);
    service.send('users');
    const staff = await messageOf<ServiceUser[]>(service);
    const senderOf = async (wanted: ServiceUser['role']) => {
      const user = staff.find(({ role }) => role === wanted);
      if (!user) throw new Error(`The stack has no user of the role ${wanted}.`);
      return senderTo(url, (await logIn(url, user)).accessToken);
    };
    const [admin, feed] = [await senderOf('admin'), await senderOf('price-feed')];
    const each = Math.ceil(ticks / assets);
    const markets = await Promise.all(
      Array.from({ length: assets }, (_, index) => openMarket(url, { admin, feed, assetId: `LATE${index}`, each })),
    );

    await Promise.all(markets.map((market, index) => runMarket(market, { feed, index, each, assets, ticksPerSecond })));
    const latencies = await Promise.all(markets.map(({ seen }) => seen));
    return [
      {
        part: 'standing-latency',
        name: `price sent to fill seen, ${ticksPerSecond} prices a second`,
        contender: 'cnop',
        values: { fills: significant(latencies.flat().length, 6), ...latenciesOf(latencies.flat()) },
      },
    ];
  } finally {
    await endProcess(service);
  }
}

/** An asset, when its prices were sent, and how long each fill took to be seen. */
interface Market {
  readonly assetId: string;
  readonly sentAt: Map<string, number>;
  readonly seen: Promise<number[]>;
}

async function openMarket(
  url: string,
  { admin, feed, assetId, each }: { admin: Send; feed: Send; assetId: string; each: number },
): Promise<Market> {
  const { accessToken } = await openAccount({ url, deposit: '100000000.00' });
  const owner = senderTo(url, accessToken);
  const asset = { assetId, name: 'Latency', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 };
  await admin('POST /v1/assets', asset);
  await setPrice(feed, assetId, firstCents);
  for (let nth = 1; nth <= each; nth += 1) {
    const order = { orderType: 'LIMIT_BUY', assetId, quantity: '1', limitPrice: priceOf(firstCents - nth) };
    await owner('POST /v1/orders', order);
  }

  const sentAt = new Map<string, number>();
  return { assetId, sentAt, seen: seeFills(await openEvents(url, accessToken), sentAt, each) };
}

/** Sends the prices of one asset, its turn among the others, none before its time. */
async function runMarket(
  { assetId, sentAt }: Market,
  run: { feed: Send; index: number; each: number; assets: number; ticksPerSecond: number },
): Promise<void> {
  const { feed, index, each, assets, ticksPerSecond } = run;
  const start = performance.now() + 1_000;

  for (let nth = 1; nth <= each; nth += 1) {
    const dueAt = start + (((nth - 1) * assets + index) * 1_000) / ticksPerSecond;
    await pause(Math.max(0, dueAt - performance.now()));
    sentAt.set(priceOf(firstCents - nth), performance.now());
    await setPrice(feed, assetId, firstCents - nth);
  }
}

async function setPrice(feed: Send, assetId: string, cents: number): Promise<void> {
  const price = { price: priceOf(cents), asOf: new Date().toISOString(), source: 'bench' };
  await feed(`PUT /v1/assets/${assetId}/price`, price);
}

/** How long after its price was sent each fill came, until there are enough. */
async function seeFills(events: AsyncIterable<SeenOrder>, sentAt: Map<string, number>, count: number) {
  const latencies: number[] = [];

  for await (const { status, fills } of events) {
    const sent = sentAt.get(fills?.[0]?.price ?? '');
    if (status !== 'COMPLETED' || sent === undefined) continue;
    latencies.push(performance.now() - sent);
    if (latencies.length === count) break;
  }
  return latencies;
}

/** What matters of an order in an event. */
interface SeenOrder {
  readonly status?: string;
  readonly fills?: readonly { readonly price: string }[];
}

/** Opens the stream of an owner's orders; what it sends is read by the iterator. */
async function openEvents(url: string, accessToken: string): Promise<AsyncIterable<SeenOrder>> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${url}/v1/orders/stream`, { headers });
  if (!response.ok || !response.body) throw new Error(`The stream of orders was refused: ${response.status}.`);
  const text = response.body.pipeThrough(new TextDecoderStream());

  return (async function* read() {
    let unread = '';
    for await (const part of text) {
      const events = `${unread}${part}`.split('\n\n');
      unread = events.pop() ?? '';
      for (const event of events) {
        const data = event.split('\n').find((line) => line.startsWith('data: '));
        if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as SeenOrder;
      }
    }
  })();
}

function senderTo(url: string, accessToken: string): Send {
  return async (request, body) => {
    const [method = '', path = ''] = request.split(' ');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${request} returned ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  };
}
