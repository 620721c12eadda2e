import { compareNumbers, normalizeNumber } from './decimal.ts';
import { validationError } from './store-error.ts';

/** A value as DynamoDB's JSON writes it; binary values stay base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Attributes };

/** Named values. Never changed in place. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An item as it is stored. */
export type Item = Attributes;

/** The name of a value's type. */
export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

const typeNames = new Set<string>(['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] satisfies TypeName[]);

/** The type of a value. */
export const typeOf = (value: AttributeValue): TypeName => Object.keys(value)[0] as TypeName;

/** What a value holds, whatever its type. */
export const contentOf = (value: AttributeValue): unknown => Object.values(value)[0] as unknown;

/** Whether a text names a type. */
export const isTypeName = (text: string): boolean => typeNames.has(text);

/** Checks the values of a request and brings their numbers into the stored form. @throws ValidationException. */
export function readAttributes(raw: Readonly<Record<string, unknown>>): Attributes {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, readValue(value)]));
}

/** Checks a value of a request and brings its numbers into the stored form. @throws ValidationException. */
export function readValue(raw: unknown): AttributeValue {
  const [[type, content] = ['', undefined], ...others] = Object.entries(raw as object) as [string, unknown][];
  if (others.length > 0 || !typeNames.has(type)) throw validationError('Supplied AttributeValue is not of one type');

  switch (type as TypeName) {
    case 'N':
      return { N: normalizeNumber(content as string) };
    case 'SS':
      return { SS: readSet(content as string[]) };
    case 'BS':
      return { BS: readSet(content as string[]) };
    case 'NS':
      return { NS: readSet((content as string[]).map(normalizeNumber)) };
    case 'L':
      return { L: (content as unknown[]).map(readValue) };
    case 'M':
      return { M: readAttributes(content as Record<string, unknown>) };
    case 'NULL':
      if (content !== true) throw validationError('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'S':
    case 'B':
    case 'BOOL':
      return raw as AttributeValue;
  }
}

function readSet(members: readonly string[]): readonly string[] {
  if (members.length === 0) throw validationError('An set may not be empty');
  if (new Set(members).size < members.length) throw validationError('Input collection contains duplicates');

  return members;
}

/** Whether two values are the same; the order within a set does not count. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (typeOf(left) !== typeOf(right)) return false;
  if ('L' in left && 'L' in right) {
    return left.L.length === right.L.length && left.L.every((value, at) => sameOptional(value, right.L[at]));
  }
  if ('M' in left && 'M' in right) return sameAttributes(left.M, right.M);
  const [a, b] = [contentOf(left), contentOf(right)];

  return Array.isArray(a) && Array.isArray(b) ? membersOf(a) === membersOf(b) : a === b;
}

const membersOf = (set: readonly string[]): string => JSON.stringify(set.toSorted());

function sameAttributes(left: Attributes, right: Attributes): boolean {
  const names = Object.keys(left);

  return names.length === Object.keys(right).length && names.every((name) => sameOptional(left[name], right[name]));
}

const sameOptional = (left: AttributeValue | undefined, right: AttributeValue | undefined): boolean =>
  left !== undefined && right !== undefined && sameValue(left, right);

/** The order of two strings, numbers or binaries of one type; `undefined` for values that have none. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if ('S' in left && 'S' in right) return compareTexts(left.S, right.S);
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('B' in left && 'B' in right) return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));

  return undefined;
}

/** By their bytes in UTF-8, which from the surrogates on is another order than JavaScript's. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);

  for (let at = 0; at < length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b)
      return a < surrogates && b < surrogates ? a - b : Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left.length - right.length;
}

const surrogates = 0xd8_00;
