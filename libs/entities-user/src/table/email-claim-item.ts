import { type RawItem, StoredItem } from '@cnop/utils';
import { type InputValue, item, number, string } from 'dynamodb-toolbox/schema';
import { emailKey, emailOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** The stored form of an email claim. The address is in the key. */
export const emailClaimItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  username: string(),
  createdAt: string(),
  writeId: string(),
});

/** An email claim as it is put. */
export type EmailClaimItem = InputValue<typeof emailClaimItemSchema>;

/** That an email address is one user's: what makes addresses unique, and finds a user by address. */
export interface EmailClaim {
  readonly email: string;
  readonly username: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

/** The item that stores an email claim. */
export function toEmailClaimItem({ email, username, createdAt, writeId }: EmailClaim): EmailClaimItem {
  return { ...emailKey(email), schemaVersion: SCHEMA_VERSION, username, createdAt, writeId };
}

/**
 * The claim in a stored item.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromEmailClaimItem(raw: RawItem): EmailClaim {
  const stored = new StoredItem({ kind: 'email claim', raw });

  return {
    email: stored.keyPart('pk', emailOfKey),
    username: stored.text('username'),
    createdAt: stored.text('createdAt'),
    writeId: stored.text('writeId'),
  };
}
