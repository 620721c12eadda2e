import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr, unmarshall } from '@aws-sdk/util-dynamodb';
import type { RawItem } from './raw-item.ts';

const marshallOptions = { removeUndefinedValues: true };

/**
 * The attributes of an item or a key as AttributeValues; those that are undefined are left out.
 *
 * It is what the SDK's `marshall` makes of them, without its detours for the types that our items consist of; any other value goes to
 * the SDK.
 *
 * @throws the SDK's error for a value that cannot be stored.
 */
export function toWireMap(attributes: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const defined = Object.entries(attributes).filter(([, value]) => value !== undefined);

  return Object.fromEntries(defined.map(([name, value]) => [name, toAttributeValue(value)]));
}

function toAttributeValue(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { N: String(value) };
  if (Array.isArray(value)) return { L: value.filter((element) => element !== undefined).map(toAttributeValue) };
  if (isPlainObject(value)) return { M: toWireMap(value) };

  return convertToAttr(value, marshallOptions);
}

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * The text of a stored number as a value that has lost nothing: a whole number as `number`, a large one as `bigint`; any other number
 * stays text, which no declared attribute is. So a number that this release does not know never fails a read.
 */
export function exactNumber(text: string): number | bigint | string {
  if (!/^-?\d+$/.test(text)) return text;

  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** The reverse of {@link toWireMap}: an item as it is read everywhere, its numbers by {@link exactNumber}. */
export const fromWireMap = (attributes: Readonly<Record<string, AttributeValue>>): RawItem =>
  unmarshall(attributes, { wrapNumbers: exactNumber });
