import { setTimeout } from 'node:timers/promises';
import { openAccount } from '@cnop/local-stack';
import { endProcess, messageOf, startService } from './child-processes.ts';
import { fireRequests, type FiredRequest } from './load.ts';
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
  let answered = 0;
  const expecting = (expected: number) => (status: number) => {
    answered += 1;
    return status === expected;
  };

  try {
    const url = await messageOf<string>(service);
    const { accessToken } = await openAccount({ url, deposit: '10000.00' });
    const accessTokens = Array.from({ length: callers }, () => accessToken);
    const fired = fireRequests({ url, accessTokens, ms, requests: requestsOf(expecting) });
    const weighed: Sample[] = [];
    while (weighed.length < samples) {
      await setTimeout(ms / samples);
      service.send('weigh');
      weighed.push({ ...(await messageOf<Weight>(service)), requests: answered });
    }
    await fired;
    return [figureOf(weighed)];
  } finally {
    await endProcess(service);
  }
}

/** A buy, one that repeats the first, a sell of the same, a sell of more than there is, an order that no schema accepts, the service's health. */
function requestsOf(expecting: (status: number) => FiredRequest['isExpected']): FiredRequest[] {
  const path = '/v1/orders';
  const buy = { assetId: 'IBM', quantity: '0.01', orderType: 'MARKET_BUY', clientOrderId: '[<id>]' };
  const sell = { ...buy, orderType: 'MARKET_SELL' };

  return [
    { path, order: buy, isExpected: expecting(201) },
    { path, order: { ...buy, clientOrderId: 'repeated' }, isExpected: expecting(201) },
    { path, order: sell, isExpected: expecting(201) },
    { path, order: { ...sell, quantity: '1000000' }, isExpected: expecting(422) },
    { path, order: { ...sell, quantity: '-1' }, isExpected: expecting(400) },
    { path: '/health', isExpected: expecting(200) },
  ];
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
