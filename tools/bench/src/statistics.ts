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

/** The elements, beginning with another one in each round, so that none is always first. */
export function rotate<TElement>(elements: readonly TElement[], round: number): TElement[] {
  const start = elements.length === 0 ? 0 : round % elements.length;

  return [...elements.slice(start), ...elements.slice(0, start)];
}

/** Rounds to a number of significant digits, for figures that people read. */
export const significant = (value: number, digits = 3): number => Number(value.toPrecision(digits));

/** How long the middle one of some calls took, and the slowest of each hundred. */
export const latenciesOf = (milliseconds: readonly number[]) => ({
  p50Ms: significant(quantile(milliseconds, 0.5)),
  p90Ms: significant(quantile(milliseconds, 0.9)),
  p99Ms: significant(quantile(milliseconds, 0.99)),
});
