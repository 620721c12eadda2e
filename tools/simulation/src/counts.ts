/** How often each of several things happened. */
export type Counts = Readonly<Record<string, number>>;

type Numbers = Readonly<{ [name: string]: number | Numbers }>;

/** Two summaries or counts as one: the sum of each number. */
export function sum<TNumbers extends object>(left: TNumbers, right: TNumbers): TNumbers {
  const [one, other] = [left as Numbers, right as Numbers];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const add = (a: number | Numbers = 0, b: number | Numbers = 0) =>
    typeof a === 'number' && typeof b === 'number' ? a + b : sum(a as Numbers, b as Numbers);

  return Object.fromEntries(names.map((name) => [name, add(one[name], other[name])])) as TNumbers;
}

export const countOf = (names: readonly string[]): Counts =>
  names.map((name) => ({ [name]: 1 })).reduce<Counts>(sum, {});
