import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';
import { BalanceStatus, type Balance } from '../balance.ts';
import { keyAttributes, ownerOfKey, ownerPartition, SCHEMA_VERSION } from './keys.ts';

/** Begins the sort key of a balance. */
export const BALANCE_PREFIX = 'BALANCE#';

/** The key of an owner's balance of one currency or asset. */
export function balanceKey(owner: string, code: string): ItemKey {
  return { pk: ownerPartition(owner), sk: BALANCE_PREFIX + code };
}

/** Which currency or asset the balance is of; `undefined` when the sort key is no balance's. */
export function codeOfKey(sk: string): string | undefined {
  return afterPrefix(sk, BALANCE_PREFIX);
}

const attributes = {
  scale: number(),
  availableMinor: number().big(),
  heldMinor: number().big().optional(),
  totalDepositedMinor: number().big().optional(),
  totalWithdrawnMinor: number().big().optional(),
  openOrders: number().optional(),
  status: string()
    .enum(...Object.values(BalanceStatus))
    .optional(),
  version: number(),
  createdAt: string(),
  updatedAt: string(),
};

/**
 * The stored form of a balance. Owner and code are in the key.
 *
 * It is written by conditional arithmetic, never put whole over another: an amount or count nobody has added to is absent and means zero,
 * an absent status means ACTIVE.
 */
export const balanceItemSchema = item({
  ...keyAttributes,
  schemaVersion: number(),
  ...attributes,
  writeId: string().optional(),
});

/** The attributes of a balance: all that a service needs which reads nothing else of an owner. */
export const balanceAttributes: readonly string[] = Object.keys(balanceItemSchema.attributes);

/** A balance as it is first put. */
export type BalanceItem = ItemOf<typeof balanceItemSchema>;

const checkItem: (item: BalanceItem) => BalanceItem = compileItemParser(balanceItemSchema);

/** The item that stores a balance in full: for a new balance, which holds nothing yet. Movements add to the stored item instead. */
export function toBalanceItem({ owner, code, ...balance }: Balance): BalanceItem {
  return checkItem({ ...balanceKey(owner, code), schemaVersion: SCHEMA_VERSION, ...balance });
}

const readBalance = compileItemReader({ kind: 'balance', schema: item({ ...keyAttributes, ...attributes }) });

/**
 * The balance in a stored item, as it is: amounts below zero are read too, so that an audit can report them.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromBalanceItem(raw: RawItem): Balance {
  return readBalance(raw, ({ pk, sk, ...balance }) => ({
    owner: keyPart('pk', ownerOfKey(pk)),
    code: keyPart('sk', codeOfKey(sk)),
    heldMinor: 0n,
    totalDepositedMinor: 0n,
    totalWithdrawnMinor: 0n,
    openOrders: 0,
    status: BalanceStatus.ACTIVE,
    ...balance,
  }));
}
