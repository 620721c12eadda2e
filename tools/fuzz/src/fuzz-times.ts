/**
 * How many times as many runs as usual each property gets: `CNOP_FUZZ_TIMES`, a whole number from 1 on, by default 1.
 *
 * @throws Error when it is anything else, so that a long form which was asked for in vain does not pass as one.
 */
export function fuzzTimes(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const text = env['CNOP_FUZZ_TIMES'] ?? '1';
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error('CNOP_FUZZ_TIMES must be a whole number from 1 to 99999.');

  return Number(text);
}
