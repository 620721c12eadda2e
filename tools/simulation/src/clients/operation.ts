import type { RestingTables } from './resting-tables.ts';
import type { Services } from './services.ts';

/** Money or assets that came to an account, or went when negative. */
export interface Move {
  readonly owner: string;
  readonly code: string;
  readonly amountMinor: bigint;
}

/** What a client was told about an effect, or what the tables say of it. */
export interface EffectRecord {
  /** The id of the entry, order or user that the effect made or changed. */
  readonly id: string;
  readonly moves: readonly Move[];
}

/** What a client was told when its call succeeded. */
export interface Acknowledgement extends EffectRecord {
  readonly replayed: boolean;
}

/** What is to be in the tables once, if it was acknowledged, and not at all if it was refused. */
export interface Effect {
  /** Names the effect: two steps may ask for the same one. */
  readonly name: string;
  /** Every trace of it. */
  readonly find: (tables: RestingTables) => readonly EffectRecord[];
}

/** Something to write, as often as it takes. */
export interface WriteOperation {
  readonly effect: Effect;
  call(services: Services): Promise<Acknowledgement>;
}

/** Something to read and to check there and then. */
export interface ReadOperation {
  readonly effect?: undefined;
  /** Gives what is wrong, if anything. */
  call(services: Services): Promise<string | undefined>;
}

/** One thing that a client does. */
export type Operation = WriteOperation | ReadOperation;
