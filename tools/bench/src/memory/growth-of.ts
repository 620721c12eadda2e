import { median } from '../statistics.ts';
import type { Weight } from './service.ts';

/** A weight, and how many requests had been answered by then. */
export interface Sample extends Weight {
  readonly requests: number;
}

/** What became of the heap under the load. */
export interface HeapGrowth {
  /** The heap in the last third of the time against that in the middle third; the first third is left to the compiler and the caches. */
  readonly ratio: number;
  /** What each request between the two left behind. */
  readonly bytesPerRequest: number;
}

/** @throws an Error when there are fewer samples than thirds. */
export function growthOf(samples: readonly Sample[]): HeapGrowth {
  const third = Math.floor(samples.length / 3);
  if (third === 0) throw new Error('A heap must be weighed three times at least.');

  const middle = samples.slice(-2 * third, -third);
  const last = samples.slice(-third);
  const medianOf = (part: readonly Sample[], key: keyof Sample) => median(part.map((sample) => sample[key]));
  const grown = medianOf(last, 'heapBytes') - medianOf(middle, 'heapBytes');

  return {
    ratio: medianOf(last, 'heapBytes') / medianOf(middle, 'heapBytes'),
    bytesPerRequest: grown / (medianOf(last, 'requests') - medianOf(middle, 'requests')),
  };
}
