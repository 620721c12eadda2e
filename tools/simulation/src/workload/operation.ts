import type { BalanceTransaction } from '@cnop/entities-ledger';
import type { Order } from '@cnop/entities-order';
import type { Services } from '../backend/services.ts';
import type { Amounts } from './market.ts';

/** Everything in the tables when nothing is under way any more. */
export interface RestingTables {
  readonly users: readonly { readonly owner: string; readonly createKey?: string | undefined }[];
  readonly entries: readonly BalanceTransaction[];
  readonly orders: readonly Order[];
  /** What is available, by owner. */
  readonly balances: ReadonlyMap<string, Amounts>;
}

/** What a client was told about an effect, or what the tables say of it. */
export interface EffectRecord {
  /** The id of the entry, order or user that the effect made or changed. */
  readonly id: string;
  /** What it changed in the account of its owner. */
  readonly change: Amounts;
}

/** What a client was told when its call succeeded. */
export interface Acknowledgement extends Omit<EffectRecord, 'change'> {
  /** Absent where the client cannot know it: then it is what the tables say. */
  readonly change?: Amounts;
  readonly replayed: boolean;
}

/** An effect to bring about: it must be in the tables once, if it was acknowledged, and not at all if it was refused. */
export interface WriteOperation {
  /** Names the effect: two steps may ask for the same one. */
  readonly effect: string;
  readonly owner: string;
  /** Whose account gets what the owner gives, and the other way: of a transfer. */
  readonly receiver?: string;
  /** Whether others may ask for it under no key of their own, such as the refund of an order. */
  readonly isShared?: boolean;
  /** Every trace of it. */
  readonly find: (tables: RestingTables) => readonly EffectRecord[];
  /** What it may change, for each price that there may be: a refusal for want of money must name one of these amounts. */
  readonly possibleChanges?: () => readonly Amounts[];
  /** The codes with which it may be refused besides. */
  readonly refusals?: readonly string[];
  call(services: Services): Promise<Acknowledgement>;
}

/** What a client has read. */
export interface Reading {
  /** What was available in an account, or a part of that. */
  readonly seen: readonly { readonly owner: string; readonly amounts: Partial<Amounts> }[];
  /** What is wrong with it, if anything. */
  readonly problem?: string | undefined;
}

/** Something to read, or to be done whose effects the journal alone tells of, such as a worker's. */
export interface ReadOperation {
  readonly effect?: undefined;
  call(services: Services): Promise<Reading>;
}

/** One thing that a client does. */
export type Operation = WriteOperation | ReadOperation;
