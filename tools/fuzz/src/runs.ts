import fc, { type Plugin } from 'fast-check';

/**
 * How many times as many runs as usual each property has: `CNOP_FUZZ_TIMES`, a whole number from 1 on, by default 1.
 *
 * @throws Error when it is anything else, so that a long form which was asked for in vain does not pass as one.
 */
export function fuzzTimes({ CNOP_FUZZ_TIMES: text = '1' }: Readonly<Record<string, string | undefined>>): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error('CNOP_FUZZ_TIMES must be a whole number from 1 to 99999.');

  return Number(text);
}

/**
 * The parameters of a property with that many runs, or a multiple of it in the long form.
 *
 * Runs and the shrinking of a failure have a limit, so that the suite ends and shows the failure as small as it has become. It is far
 * above what they take (a second or two), so that a machine which is busy with other things does not reach it.
 */
export function runs(numRuns: number): { readonly numRuns: number; readonly plugins: Plugin<unknown>[] } {
  const times = fuzzTimes(process.env);

  return {
    numRuns: numRuns * times,
    plugins: [fc.interruptAfterTimeLimit(240_000 * times, { failOnInterrupt: true })],
  };
}
