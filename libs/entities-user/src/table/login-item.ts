import { type RawItem, StoredItem, withoutUndefined } from '@cnop/utils';
import { type InputValue, item, list, map, number, string } from 'dynamodb-toolbox/schema';
import { SCHEMA_VERSION } from './schema-version.ts';

/** The stored form of a record of attempts to log in. It lies with its user, or in a slot that many unknown names share. */
export const loginItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  name: string().optional(),
  sources: list(
    map({
      source: string(),
      failures: number(),
      lastAt: string(),
      knownUntil: string().optional(),
    }),
  ),
  strangersFreeAt: string(),
  version: number(),
  updatedAt: string(),
  writeId: string(),
  ttl: number(),
});

/** A record of attempts to log in, as it is stored. */
export type LoginItem = InputValue<typeof loginItemSchema>;

/** Attempts to log in as one user from one source. */
export interface LoginSource {
  /** Which source: a digest, never the address. */
  readonly source: string;
  /** Attempts since the last one that succeeded; those that are under way count as failed. */
  readonly failures: number;
  /** When the last one began, ISO 8601 UTC. */
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

/** The attributes of a stored record that an attempt sets, but for those that every write has. */
export function loginAttributes({ name, sources, strangersFreeAt }: LoginRecord) {
  return withoutUndefined({
    schemaVersion: SCHEMA_VERSION,
    name,
    sources: sources.map((source) => withoutUndefined({ ...source })),
    strangersFreeAt,
  });
}

/**
 * The record in a stored item.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromLoginItem(raw: RawItem): LoginRecord {
  const stored = new StoredItem({ kind: 'login', raw });

  return withoutUndefined({
    name: stored.optionalText('name'),
    sources: stored.maps('sources').map((source) =>
      withoutUndefined({
        source: source.text('source'),
        failures: source.integer('failures'),
        lastAt: source.text('lastAt'),
        knownUntil: source.optionalText('knownUntil'),
      }),
    ),
    strangersFreeAt: stored.text('strangersFreeAt'),
    version: stored.integer('version'),
  });
}
