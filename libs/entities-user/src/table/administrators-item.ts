import type { ItemKey, RawItem } from '@cnop/stored-items';
import { item, number, set, string } from 'dynamodb-toolbox/schema';
import { keyAttributes } from './keys.ts';

/** The key of the one item that names all active administrators. */
export const administratorsKey: ItemKey = { pk: 'ADMINISTRATORS', sk: 'ACTIVE' };

/** The stored form of the names of all active administrators. Without `usernames` there is none. */
export const administratorsItemSchema = item({
  ...keyAttributes,
  schemaVersion: number(),
  usernames: set(string()).optional(),
  updatedAt: string(),
});

/** The names of the active administrators in a stored item, in no order. */
export const fromAdministratorsItem = ({ usernames }: RawItem): string[] =>
  usernames instanceof Set ? [...usernames].map(String) : [];
