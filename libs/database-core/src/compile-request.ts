/** The values that a request differs in, by name, each with its type. */
export type ValueTypes = Readonly<Record<string, 'string' | 'number' | 'bigint'>>;

interface TypeOfName {
  readonly string: string;
  readonly number: number;
  readonly bigint: bigint;
}

/** The values themselves. */
export type ValuesOf<TTypes extends ValueTypes> = { readonly [TName in keyof TTypes]: TypeOfName[TTypes[TName]] };

type Fill = (values: Readonly<Record<string, unknown>>) => unknown;

/**
 * Compiles a request: `build` is called once, with a mark in place of each value, and the function that is returned puts the values
 * where the marks were. So a library that builds requests from declarations is asked once for each kind of request, not for each one.
 *
 * Whatever `build` does must not depend on the values, and each must be in the request as it was given: computed values are values
 * of their own. Parts without a value are shared by all requests; do not change them.
 *
 * @throws a plain Error when a value is nowhere in the request, or only as a part of a text.
 * @example
 * const readOrder = compileRequest({ pk: 'string' }, ({ pk }) => ({ TableName: 'orders', Key: { pk, sk: 'ORDER' } }));
 * readOrder({ pk: 'ORDER#1' }); // { TableName: 'orders', Key: { pk: 'ORDER#1', sk: 'ORDER' } }
 */
export function compileRequest<TTypes extends ValueTypes, TRequest>(
  types: TTypes,
  build: (values: ValuesOf<TTypes>) => TRequest,
): (values: ValuesOf<TTypes>) => TRequest {
  const marks = Object.entries(types).map(([name, type], index): [string, unknown] => [name, markOf[type](index)]);
  const namesByMark = new Map(marks.map(([name, mark]) => [mark, name]));
  const found = new Set<string>();
  const fill = compile(build(Object.fromEntries(marks) as ValuesOf<TTypes>), namesByMark, found);

  const absent = Object.keys(types).find((name) => !found.has(name));
  if (absent !== undefined) throw new Error(`The request does not hold the value '${absent}'.`);
  return (values) => fill?.(values) as TRequest;
}

/** No constant of a request looks like one of these. */
const markOf: Readonly<Record<ValueTypes[string], (index: number) => unknown>> = {
  string: (index) => `\u0000${index}\u0000`,
  number: (index) => 2 ** 50 + index,
  bigint: (index) => 2n ** 80n + BigInt(index),
};

/** How to make this part of the request; `undefined` for one without a value, which stays as it is. */
function compile(part: unknown, namesByMark: ReadonlyMap<unknown, string>, found: Set<string>): Fill | undefined {
  const name = namesByMark.get(part);
  if (name !== undefined) {
    found.add(name);
    return (values) => values[name];
  }
  if (typeof part === 'string' && part.includes('\u0000')) throw new Error('A value is only a part of a text.');
  if (typeof part !== 'object' || part === null) return undefined;

  const fills = Object.entries(part).flatMap(([key, value]): [string, Fill][] => {
    const fill = compile(value, namesByMark, found);
    return fill ? [[key, fill]] : [];
  });
  if (fills.length === 0) return undefined;

  return (values) => {
    const copy = (Array.isArray(part) ? [...(part as unknown[])] : { ...part }) as Record<string, unknown>;
    for (const [key, fill] of fills) copy[key] = fill(values);
    return copy;
  };
}
