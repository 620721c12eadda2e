import { type RawItem, StoredItem, withoutUndefined } from '@cnop/utils';
import { type InputValue, item, number, string } from 'dynamodb-toolbox/schema';
import { claimKey, claimOfKey, ownerOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** What became of the request that an idempotency key stands for. `REFUSED` is a fence: nothing was or will be moved under that key. */
export const ClaimStatus = {
  ACCEPTED: 'ACCEPTED',
  REFUSED: 'REFUSED',
} as const;

/** One of the {@link ClaimStatus} values. */
export type ClaimStatus = (typeof ClaimStatus)[keyof typeof ClaimStatus];

/** The stored form of an idempotency claim. Owner, actor and idempotency key are in the key. */
export const claimItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  requestHash: string(),
  transactionId: string(),
  status: string().enum(...Object.values(ClaimStatus)),
  refusal: string().optional(),
  createdAt: string(),
  writeId: string(),
});

/** An idempotency claim as it is put. */
export type ClaimItem = InputValue<typeof claimItemSchema>;

/** That an actor used an idempotency key for one money movement of a user. */
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

/** The item that stores an idempotency claim. */
export function toClaimItem(claim: Claim): ClaimItem {
  return withoutUndefined({
    ...claimKey(claim.owner, claim.actor, claim.key),
    schemaVersion: SCHEMA_VERSION,
    requestHash: claim.requestHash,
    transactionId: claim.transactionId,
    status: claim.status,
    refusal: claim.refusal,
    createdAt: claim.createdAt,
    writeId: claim.writeId,
  });
}

/**
 * The claim in a stored item.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromClaimItem(raw: RawItem): Claim {
  const stored = new StoredItem({ kind: 'idempotency claim', raw });

  return withoutUndefined({
    owner: stored.keyPart('pk', ownerOfKey),
    ...stored.keyPart('sk', claimOfKey),
    requestHash: stored.text('requestHash'),
    transactionId: stored.text('transactionId'),
    status: stored.oneOf('status', Object.values(ClaimStatus)),
    refusal: stored.optionalText('refusal'),
    createdAt: stored.text('createdAt'),
    writeId: stored.text('writeId'),
  });
}
