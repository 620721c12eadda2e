import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { openAccount } from '@cnop/local-stack';
import { endProcess, messageOf, startService } from './child-processes.ts';
import type { Figure } from './report.ts';
import type { Weight } from './service.ts';
import { median, significant } from './statistics.ts';

/** How long, with how many callers at once, and how often the service is weighed. */
export interface MemoryOptions {
  readonly callers: number;
  readonly ms: number;
  readonly samples: number;
}

/** A weight, and how many requests had been answered by then. */
export interface Sample extends Weight {
  readonly requests: number;
}

/** The heap of the services under a steady load, in a process of their own with a real store: the end against the middle. */
export async function measureMemory({ callers, ms, samples }: MemoryOptions): Promise<Figure[]> {
  const service = startService();
  const weighed: Sample[] = [];
  let ended = false;
  let requests = 0;
  let load: Promise<unknown> = Promise.resolve();

  try {
    const url = await messageOf<string>(service);
    const { accessToken } = await openAccount({ url, deposit: '10000.00' });
    const call = async () => {
      while (!ended) {
        for (const request of roundOf(randomUUID())) {
          await send(url, accessToken, request);
          requests += 1;
        }
      }
    };
    load = Promise.all(Array.from({ length: callers }, call));
    const failure = load.then(() => undefined);
    failure.catch(() => undefined);

    for (let sample = 0; sample < samples; sample += 1) {
      await Promise.race([setTimeout(ms / samples), failure]);
      service.send('weigh');
      weighed.push({ ...(await messageOf<Weight>(service)), requests });
    }
    ended = true;
    await load;
    return [figureOf(weighed)];
  } finally {
    ended = true;
    await load.catch(() => undefined);
    await endProcess(service);
  }
}

interface Request {
  readonly expected: number;
  readonly body?: object;
}

/** A buy, its repeat, a sell of the same, a sell of more than there is, an order that no schema accepts, the service's health. */
function roundOf(key: string): Request[] {
  const order = { assetId: 'IBM', quantity: '0.01' };
  const buy = { ...order, orderType: 'MARKET_BUY', clientOrderId: `b-${key}` };
  const sell = { ...order, orderType: 'MARKET_SELL' };

  return [
    { expected: 201, body: buy },
    { expected: 201, body: buy },
    { expected: 201, body: { ...sell, clientOrderId: `s-${key}` } },
    { expected: 422, body: { ...sell, quantity: '1000000', clientOrderId: `m-${key}` } },
    { expected: 400, body: { ...sell, quantity: '-1', clientOrderId: `n-${key}` } },
    { expected: 200 },
  ];
}

async function send(url: string, accessToken: string, { body, expected }: Request): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const response = await (body
    ? fetch(`${url}/v1/orders`, { method: 'POST', headers, body: JSON.stringify(body) })
    : fetch(`${url}/health`));
  const text = await response.text();

  if (response.status !== expected)
    throw new Error(`The service returned ${response.status}, not ${expected}: ${text}`);
}

/**
 * The heap in the last third of the time against that in the middle third; the first third is left to the compiler and the caches.
 *
 * @throws an Error when there are fewer samples than thirds.
 */
export function figureOf(samples: readonly Sample[]): Figure {
  const third = Math.floor(samples.length / 3);
  if (third === 0) throw new Error('A heap must be weighed three times at least.');

  const [middle, last] = [samples.slice(-2 * third, -third), samples.slice(-third)];
  const medianOf = (part: readonly Sample[], key: keyof Sample) => median(part.map((sample) => sample[key]));
  const grown = medianOf(last, 'heapBytes') - medianOf(middle, 'heapBytes');
  const { heapBytes = Number.NaN, residentBytes = Number.NaN, requests = Number.NaN } = samples.at(-1) ?? {};

  return {
    part: 'memory',
    name: 'heap after garbage collection',
    contender: 'cnop',
    ratio: significant(medianOf(last, 'heapBytes') / medianOf(middle, 'heapBytes')),
    values: {
      requests,
      bytesPerRequest: significant(grown / (medianOf(last, 'requests') - medianOf(middle, 'requests'))),
      heapMegabytes: significant(heapBytes / 1e6),
      residentMegabytes: significant(residentBytes / 1e6),
    },
  };
}
