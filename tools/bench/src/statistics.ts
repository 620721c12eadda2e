/**
 * The value below which the given part of the values lies, interpolated between neighbours.
 *
 * @param part - 0 to 1: 0.5 is the median.
 * @throws RangeError when there is no value.
 */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('There is no quantile of no values.');

  return below + (above - below) * (position - Math.floor(position));
}

/** The middle of the values: half of them are not above it, half not below. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Rounds to a number of significant digits, for figures that people read. */
export const significant = (value: number, digits = 3): number => Number(value.toPrecision(digits));

/** How long the middle one of some calls took, and the slowest of each ten and each hundred. */
export const latenciesOf = (milliseconds: readonly number[]) => ({
  p50Ms: significant(quantile(milliseconds, 0.5)),
  p90Ms: significant(quantile(milliseconds, 0.9)),
  p99Ms: significant(quantile(milliseconds, 0.99)),
});

/** What was measured of one contender, a value for each round, and the ratios of one figure to that of the base in the same round. */
export interface Measured<TName, TRound> {
  readonly name: TName;
  readonly own: readonly TRound[];
  readonly ratios: readonly number[];
}

/**
 * Measures contenders in turn, beginning with another one in each round, so that none is always first. The first one is the base.
 *
 * @param figureOf - the figure of which ratios are taken.
 */
export async function measureInTurn<TName, TRound>(
  names: readonly TName[],
  rounds: number,
  { measure, figureOf }: { measure: (name: TName) => Promise<TRound>; figureOf: (round: TRound) => number },
): Promise<Measured<TName, TRound>[]> {
  const measured = names.map((name) => ({ name, own: [] as TRound[] }));

  for (let round = 0; round < rounds; round += 1) {
    const start = round % names.length;
    for (const each of [...measured.slice(start), ...measured.slice(0, start)]) each.own.push(await measure(each.name));
  }
  const base = measured[0]?.own.map(figureOf) ?? [];

  return measured.map(({ name, own }) => ({
    name,
    own,
    ratios: own.map((round, index) => figureOf(round) / (base[index] ?? Number.NaN)),
  }));
}
