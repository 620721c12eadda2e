import fc, { type Plugin } from 'fast-check';
import { fuzzTimes } from './fuzz-times.ts';

/** More than any property needs, on a busy machine too. */
const timeLimitMs = 50_000;

/** The parameters of a property. */
export interface PropertyRuns {
  readonly numRuns: number;
  readonly plugins: Plugin<unknown>[];
}

/**
 * The parameters of a property that is to run so often, or a multiple of it in the long form.
 *
 * A failure is made small for so long only, and runs that are not done by then are a failure, so that the suite ends in time.
 */
export function runs(numRuns: number): PropertyRuns {
  const times = fuzzTimes();

  return {
    numRuns: numRuns * times,
    plugins: [fc.interruptAfterTimeLimit(timeLimitMs * times, { failOnInterrupt: true })],
  };
}
