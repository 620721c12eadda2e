import { setTimeout } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { answerOf, endProcess, startProcess } from '../service-process.ts';
import { significant } from '../statistics.ts';
import { growthOf, type Sample } from './growth-of.ts';
import { startOrderLoad, type OrderLoad } from './order-load.ts';
import type { Opened, Weight } from './service.ts';

/** How long, with how many callers at once, and how often the service is weighed. */
export interface MemoryOptions {
  readonly callers: number;
  readonly ms: number;
  readonly samples: number;
}

/** The heap of the service under a steady load, in a process of its own with a real store: the end against the middle. */
export async function measureMemory({ callers, ms, samples }: MemoryOptions): Promise<Figure[]> {
  const service = startProcess(new URL('./service.ts', import.meta.url), { flags: ['--expose-gc'] });
  let load: OrderLoad | undefined;

  try {
    load = startOrderLoad(await answerOf<Opened>(service), callers);
    const weighed: Sample[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      await setTimeout(ms / samples);
      service.send('weigh');
      weighed.push({ ...(await answerOf<Weight>(service)), requests: load.requests() });
    }
    await load.stop();
    return [figureOf(weighed)];
  } finally {
    await load?.stop().catch(() => undefined);
    await endProcess(service);
  }
}

function figureOf(weighed: readonly Sample[]): Figure {
  const { ratio, bytesPerRequest } = growthOf(weighed);
  const { heapBytes = Number.NaN, residentBytes = Number.NaN, requests = Number.NaN } = weighed.at(-1) ?? {};

  return {
    part: 'memory',
    name: 'heap after rubbish collection',
    contender: 'cnop',
    ratio: significant(ratio),
    values: {
      requests,
      bytesPerRequest: significant(bytesPerRequest),
      heapMegabytes: significant(heapBytes / 1e6),
      residentMegabytes: significant(residentBytes / 1e6),
    },
  };
}
