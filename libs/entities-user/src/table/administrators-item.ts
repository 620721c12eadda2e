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

/** Who may administer now. */
export interface Administrators {
  /** In no order. */
  readonly usernames: readonly string[];
}

/**
 * The active administrators in a stored item.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromAdministratorsItem({ usernames = new Set() }: RawItem): Administrators {
  if (usernames instanceof Set) {
    const names = [...(usernames as Set<unknown>)];
    if (names.every((name) => typeof name === 'string')) return { usernames: names };
  }
  throw new Error('Malformed administrators item: usernames is no set of texts.');
}
