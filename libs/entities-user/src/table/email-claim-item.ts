import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';
import { keyAttributes, SCHEMA_VERSION } from './keys.ts';

/** Begins the partition of an email claim. */
export const EMAIL_PREFIX = 'EMAIL#';
/** The sort key of an email claim. */
export const EMAIL_CLAIM_SORT_KEY = 'CLAIM';

/** The key of the claim on an email address, which has to be normalised (trimmed, lower-cased) already. */
export function emailKey(email: string): ItemKey {
  return { pk: EMAIL_PREFIX + email, sk: EMAIL_CLAIM_SORT_KEY };
}

/** Which address is claimed there; `undefined` when the key begins no email claim's partition. */
export function emailOfKey(pk: string): string | undefined {
  return afterPrefix(pk, EMAIL_PREFIX);
}

/** That an email address is one user's: what makes addresses unique, and finds a user by address. */
export interface EmailClaim {
  readonly email: string;
  readonly username: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

const attributes = { username: string(), createdAt: string(), writeId: string() };

/** The stored form of an email claim. The address is in the key. */
export const emailClaimItemSchema = item({ ...keyAttributes, schemaVersion: number(), ...attributes });

/** An email claim as it is put. */
export type EmailClaimItem = ItemOf<typeof emailClaimItemSchema>;

const checkItem: (item: EmailClaimItem) => EmailClaimItem = compileItemParser(emailClaimItemSchema);

/** The item that stores an email claim. */
export function toEmailClaimItem({ email, ...claim }: EmailClaim): EmailClaimItem {
  return checkItem({ ...emailKey(email), schemaVersion: SCHEMA_VERSION, ...claim });
}

const readClaim = compileItemReader({ kind: 'email claim', schema: item({ pk: keyAttributes.pk, ...attributes }) });

/**
 * The claim in a stored item.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromEmailClaimItem(raw: RawItem): EmailClaim {
  return readClaim(raw, ({ pk, ...claim }) => ({ email: keyPart('pk', emailOfKey(pk)), ...claim }));
}
