import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';
import { keyAttributes, ownerOfKey, ownerPartition, SCHEMA_VERSION } from './keys.ts';

/** Begins the sort key of an idempotency claim. */
export const CLAIM_PREFIX = 'KEY#';

/**
 * The key of an idempotency claim: that `actor` used `key` for a money movement of `owner`.
 *
 * The alphabet of an actor has no "#"; that of the key may have one, and the key comes last.
 */
export function claimKey(owner: string, actor: string, key: string): ItemKey {
  return { pk: ownerPartition(owner), sk: `${CLAIM_PREFIX}${actor}#${key}` };
}

/** Who used which idempotency key; `undefined` when the sort key is no idempotency claim's. */
export function claimOfKey(sk: string): { actor: string; key: string } | undefined {
  const claim = afterPrefix(sk, CLAIM_PREFIX);
  const separator = claim?.indexOf('#') ?? -1;

  return claim === undefined || separator < 1 || separator === claim.length - 1
    ? undefined
    : { actor: claim.slice(0, separator), key: claim.slice(separator + 1) };
}

/** What became of the request that an idempotency key stands for. `REFUSED` is a fence: nothing was or will be moved under that key. */
export const ClaimStatus = {
  ACCEPTED: 'ACCEPTED',
  REFUSED: 'REFUSED',
} as const;

/** One of the {@link ClaimStatus} values. */
export type ClaimStatus = (typeof ClaimStatus)[keyof typeof ClaimStatus];

/** That an actor used an idempotency key for one money movement of an owner. */
export interface Claim {
  readonly owner: string;
  readonly actor: string;
  readonly key: string;
  /** Fingerprint of the request; another request under the same key is an error. */
  readonly requestHash: string;
  /** The journal entry that the request made, or would have made. */
  readonly transactionId: string;
  readonly status: ClaimStatus;
  /** The error that refused the request, as `serializeError` writes it. */
  readonly refusal?: string | undefined;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

const attributes = {
  requestHash: string(),
  transactionId: string(),
  status: string().enum(...Object.values(ClaimStatus)),
  refusal: string().optional(),
  createdAt: string(),
  writeId: string(),
};

/** The stored form of an idempotency claim. Owner, actor and idempotency key are in the key. */
export const claimItemSchema = item({ ...keyAttributes, schemaVersion: number(), ...attributes });

/** An idempotency claim as it is put. */
export type ClaimItem = ItemOf<typeof claimItemSchema>;

const checkItem: (item: ClaimItem) => ClaimItem = compileItemParser(claimItemSchema);

/** The item that stores an idempotency claim. */
export function toClaimItem({ owner, actor, key, ...claim }: Claim): ClaimItem {
  return checkItem({ ...claimKey(owner, actor, key), schemaVersion: SCHEMA_VERSION, ...claim });
}

const readClaim = compileItemReader({ kind: 'idempotency claim', schema: item({ ...keyAttributes, ...attributes }) });

/**
 * The claim in a stored item.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromClaimItem(raw: RawItem): Claim {
  return readClaim(raw, ({ pk, sk, ...claim }) => ({
    owner: keyPart('pk', ownerOfKey(pk)),
    ...keyPart('sk', claimOfKey(sk)),
    ...claim,
  }));
}
