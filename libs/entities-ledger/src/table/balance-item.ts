import { type RawItem, StoredItem } from '@cnop/utils';
import { type InputValue, item, number, string } from 'dynamodb-toolbox/schema';
import { BalanceStatus } from '../balance-status.ts';
import type { Balance } from '../balance.ts';
import { balanceKey, codeOfKey, ownerOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/**
 * The stored form of a balance. Owner and code are in the key.
 *
 * It is written by conditional arithmetic, never put whole over another: an amount nobody has added to is absent and means zero,
 * an absent status means ACTIVE.
 */
export const balanceItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  scale: number(),
  availableMinor: number().big(),
  heldMinor: number().big().optional(),
  totalDepositedMinor: number().big().optional(),
  totalWithdrawnMinor: number().big().optional(),
  status: string()
    .enum(...Object.values(BalanceStatus))
    .optional(),
  version: number(),
  createdAt: string(),
  updatedAt: string(),
  writeId: string().optional(),
});

/** The attributes of a balance: all that a service needs which reads nothing else of a user. */
export const balanceAttributes: readonly string[] = Object.keys(balanceItemSchema.attributes);

/** A balance as it is first put. */
export type BalanceItem = InputValue<typeof balanceItemSchema>;

/** The item that stores a balance in full: for a new balance, which holds nothing yet. Movements add to the stored item instead. */
export function toBalanceItem(balance: Balance): BalanceItem {
  return {
    ...balanceKey(balance.owner, balance.code),
    schemaVersion: SCHEMA_VERSION,
    scale: balance.scale,
    availableMinor: balance.availableMinor,
    heldMinor: balance.heldMinor,
    totalDepositedMinor: balance.totalDepositedMinor,
    totalWithdrawnMinor: balance.totalWithdrawnMinor,
    status: balance.status,
    version: balance.version,
    createdAt: balance.createdAt,
    updatedAt: balance.updatedAt,
  };
}

/**
 * The balance in a stored item, as it is: amounts below zero are read too, so that an audit can report them.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromBalanceItem(raw: RawItem): Balance {
  const stored = new StoredItem({ kind: 'balance', raw });

  return {
    owner: stored.keyPart('pk', ownerOfKey),
    code: stored.keyPart('sk', codeOfKey),
    scale: stored.integer('scale'),
    availableMinor: stored.minor('availableMinor'),
    heldMinor: stored.minorOrZero('heldMinor'),
    totalDepositedMinor: stored.minorOrZero('totalDepositedMinor'),
    totalWithdrawnMinor: stored.minorOrZero('totalWithdrawnMinor'),
    status: stored.has('status') ? stored.oneOf('status', Object.values(BalanceStatus)) : BalanceStatus.ACTIVE,
    version: stored.integer('version'),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
  };
}
