import type { RawItem } from '@cnop/database-core';
import { PROFILE_SORT_KEY } from '@cnop/entities-user/table';

/** A value that JSON can carry. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A stored item as evidence: amounts beyond JavaScript's exact numbers are decimal text. */
export type JsonItem = Readonly<Record<string, JsonValue>>;

/** What a profile shows as evidence; never its password hash, its names, or what else is nobody's business. */
const profileAttributes = new Set([
  'pk',
  'sk',
  'schemaVersion',
  'email',
  'status',
  'version',
  'createdAt',
  'updatedAt',
]);

/** A stored item in a form that JSON can carry. Of a profile only what tells which it is, whose, and its address. */
export function toJsonItem(raw: RawItem): JsonItem {
  const shown = Object.entries(raw).filter(([name]) => raw.sk !== PROFILE_SORT_KEY || profileAttributes.has(name));

  return Object.fromEntries(shown.map(([name, value]) => [name, toJson(value)]));
}

function toJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...(value as Set<unknown>)].map(toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, toJson(entry)]));
  }
  return value as string | number | boolean | null;
}
