import type { WritingMethod } from './methods/writing-method.ts';
import type { Fact } from './facts/fact.ts';
import type { Place } from './facts/read-facts.ts';
import type { Services } from './services.ts';
import type { World } from './world.ts';

/** What a caller got: the thing as it stands, and whether it had been so before this call. */
export interface Answer {
  readonly fact: Fact;
  readonly replayed?: boolean;
}

/**
 * What makes a repeat meet the first request.
 *
 * - `key`: a key that the caller named; the same request is made again.
 * - `item`: the thing itself, by its name, its status or its version; the caller looks, and asks again if it is not so.
 * - `none`: nothing does; the caller looks, and asks again only while no request of the first call can be under way.
 */
export type Identity = 'key' | 'item' | 'none';

/** A call in one world, ready to be made. */
export interface Scene {
  /** The call, as one process makes it. */
  readonly call: (services: Services) => Promise<Answer>;
  /** How a caller finds out what became of it; `clue` is the id that it was told, if any. `undefined`: it is not there. */
  readonly look?: (services: Services, clue: string | undefined) => Promise<Answer | undefined>;
  /** What others do between the call and its repeat. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** A flow that writes, in one situation: one row of the matrix. */
export interface MatrixRow {
  readonly name: string;
  /** The method that it is about. */
  readonly method: WritingMethod;
  readonly identity: Identity;
  /** Where its effect shows. */
  readonly looksAt: readonly Place[];
  /** The facts that it takes away (`- …`) and adds (`+ …`), once. Empty where it is to change nothing. */
  readonly effect: readonly string[];
  /** What it is to be refused with. Absent: it is to succeed. */
  readonly refusal?: string;
  /** Makes what is there before. */
  readonly prepare: (world: World) => Scene | Promise<Scene>;
}
