import { afterPrefix, type ItemKey } from '@cnop/utils';

/** Begins the partition of everything that belongs to one owner. */
export const OWNER_PREFIX = 'OWNER#';
/** Begins the sort key of a balance. */
export const BALANCE_PREFIX = 'BALANCE#';
/** Begins the sort key of a journal entry. */
export const TRANSACTION_PREFIX = 'TXN#';
/** Begins the sort key of an idempotency claim. */
export const CLAIM_PREFIX = 'KEY#';

/** The partition key of everything that belongs to one owner. */
export function ownerPartition(owner: string): string {
  return OWNER_PREFIX + owner;
}

/** The key of an owner's balance of one currency or asset. */
export function balanceKey(owner: string, code: string): ItemKey {
  return { pk: ownerPartition(owner), sk: BALANCE_PREFIX + code };
}

/** The key of a journal entry; ids are ULIDs, so that entries sort by time within their owner. */
export function transactionKey(owner: string, transactionId: string): ItemKey {
  return { pk: ownerPartition(owner), sk: TRANSACTION_PREFIX + transactionId };
}

/**
 * The key of an idempotency claim: that `actor` used `key` for a money movement of `owner`.
 *
 * The alphabet of an actor has no "#"; that of the key may have one, and the key comes last.
 */
export function claimKey(owner: string, actor: string, key: string): ItemKey {
  return { pk: ownerPartition(owner), sk: `${CLAIM_PREFIX}${actor}#${key}` };
}

/** Whose partition it is; `undefined` when the key begins no owner's partition. */
export function ownerOfKey(pk: string): string | undefined {
  return afterPrefix(pk, OWNER_PREFIX);
}

/** Which currency or asset the balance is of; `undefined` when the sort key is no balance's. */
export function codeOfKey(sk: string): string | undefined {
  return afterPrefix(sk, BALANCE_PREFIX);
}

/** Which journal entry it is; `undefined` when the sort key is no journal entry's. */
export function transactionIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, TRANSACTION_PREFIX);
}

/** Who used which idempotency key; `undefined` when the sort key is no idempotency claim's. */
export function claimOfKey(sk: string): { actor: string; key: string } | undefined {
  const claim = afterPrefix(sk, CLAIM_PREFIX);
  const separator = claim?.indexOf('#') ?? -1;

  return claim === undefined || separator < 1 || separator === claim.length - 1
    ? undefined
    : { actor: claim.slice(0, separator), key: claim.slice(separator + 1) };
}
