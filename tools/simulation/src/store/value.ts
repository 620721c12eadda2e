import { NotModelledError } from './answer.ts';

/** A value as DynamoDB's JSON writes it. Sets and binary values are not modelled, and numbers are whole. */
export type Value =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Value[] }
  | { readonly M: Item };

/** Named values, such as an item. Never changed in place. */
export interface Item {
  readonly [name: string]: Value;
}

/** Reads the named values of a request. @throws NotModelledError. */
export const readItem = (raw: unknown): Item =>
  Object.fromEntries(Object.entries(raw as object).map(([name, value]) => [name, readValue(value)]));

function readValue(raw: unknown): Value {
  const [[type, content] = ['', undefined]] = Object.entries(raw as object) as [string, unknown][];

  switch (type) {
    case 'S':
    case 'BOOL':
    case 'NULL':
      return raw as Value;
    case 'N':
      return { N: wholeNumber(content as string) };
    case 'L':
      return { L: (content as unknown[]).map(readValue) };
    case 'M':
      return { M: readItem(content) };
    default:
      throw new NotModelledError(`A value of the type ${type} is not modelled`);
  }
}

/** A number in the one form in which it is kept. */
function wholeNumber(text: string): string {
  if (!/^-?\d{1,38}$/.test(text)) throw new NotModelledError(`The number ${text} is not modelled`);

  return BigInt(text).toString();
}

/** The sum of two numbers. @throws NotModelledError beyond DynamoDB's 38 digits. */
export const sum = (left: string, right: string): string => wholeNumber((BigInt(left) + BigInt(right)).toString());

/** The order of two strings, by their bytes in UTF-8, or of two numbers; `undefined` for values that have none. */
export function compare(left: Value | undefined, right: Value | undefined): number | undefined {
  if (!left || !right) return undefined;
  if ('S' in left && 'S' in right)
    return left.S === right.S ? 0 : Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if ('N' in left && 'N' in right) return Number(BigInt(left.N) - BigInt(right.N));

  return undefined;
}
