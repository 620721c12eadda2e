import type { ItemKey, RawItem } from '@cnop/stored-items';
import { compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { withoutUndefined } from '@cnop/utils';
import { item, list, map, number, string } from 'dynamodb-toolbox/schema';
import { keyAttributes, SCHEMA_VERSION, USER_PREFIX } from './keys.ts';

/** The sort key of the record of attempts to log in. */
export const LOGIN_SORT_KEY = 'LOGIN';
/** Begins the partition of a record of attempts to log in under a name that nobody has. */
export const LOGIN_SLOT_PREFIX = 'LOGIN#';

/** The key of the record of attempts to log in as a user. */
export function loginKey(username: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: LOGIN_SORT_KEY };
}

/** The key of the slot where attempts are recorded under a name that nobody has; many names share one. */
export function loginSlotKey(slot: number): ItemKey {
  return { pk: `${LOGIN_SLOT_PREFIX}${slot}`, sk: LOGIN_SORT_KEY };
}

/** Attempts to log in as one user from one source. */
export interface LoginSource {
  /** Which source: a digest, never the address. */
  readonly source: string;
  /** Attempts that failed since the last one that succeeded. */
  readonly failures: number;
  /** Attempts whose password is still being checked; absent means 0. */
  readonly checking?: number | undefined;
  /** When the last one began or failed, ISO 8601 UTC. */
  readonly lastAt: string;
  /** Until when the source counts as known, because the right password came from there; ISO 8601 UTC. */
  readonly knownUntil?: string | undefined;
}

/** Attempts to log in under one name. */
export interface LoginRecord {
  /** The digest of the name, where the record lies in a slot that it shares with others. */
  readonly name?: string | undefined;
  readonly sources: readonly LoginSource[];
  /** When what sources not known have used up together is all free again, ISO 8601 UTC. */
  readonly strangersFreeAt: string;
  /** Counts every write, from 1; the optimistic lock. 0 where nothing is stored. */
  readonly version: number;
}

const attributes = {
  name: string().optional(),
  sources: list(
    map({
      source: string(),
      failures: number(),
      checking: number().optional(),
      lastAt: string(),
      knownUntil: string().optional(),
    }),
  ),
  strangersFreeAt: string(),
  version: number(),
};

/** The stored form of a record of attempts to log in. It lies with its user, or in a slot that many unknown names share. */
export const loginItemSchema = item({
  ...keyAttributes,
  schemaVersion: number(),
  ...attributes,
  updatedAt: string(),
  writeId: string(),
  ttl: number(),
});

/** A record of attempts to log in, as it is stored. */
export type LoginItem = ItemOf<typeof loginItemSchema>;

/** The attributes of a stored record that an attempt sets, but for those that every write has. */
export function loginAttributes({ name, sources, strangersFreeAt }: LoginRecord) {
  return withoutUndefined({
    schemaVersion: SCHEMA_VERSION,
    name,
    sources: sources.map((source) => withoutUndefined({ ...source })),
    strangersFreeAt,
  });
}

const readLogin = compileItemReader({ kind: 'login', schema: item(attributes) });

/**
 * The record in a stored item.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromLoginItem(raw: RawItem): LoginRecord {
  return readLogin(raw, (login) => login);
}
