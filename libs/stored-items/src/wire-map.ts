import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr } from '@aws-sdk/util-dynamodb';

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
