import { afterPrefix } from '@cnop/stored-items';
import { string } from 'dynamodb-toolbox/schema';

/** Begins the partition of everything that belongs to one owner. */
export const OWNER_PREFIX = 'OWNER#';

/** The partition key of everything that belongs to one owner. */
export function ownerPartition(owner: string): string {
  return OWNER_PREFIX + owner;
}

/** Whose partition it is; `undefined` when the key begins no owner's partition. */
export function ownerOfKey(pk: string): string | undefined {
  return afterPrefix(pk, OWNER_PREFIX);
}

/** The key attributes of every item in the ledger table. */
export const keyAttributes = { pk: string().key(), sk: string().key() };

/** The version of the attributes' meaning that this release writes; on every item of the ledger table. */
export const SCHEMA_VERSION = 1;
