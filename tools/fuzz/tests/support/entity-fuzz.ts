import type { Database } from '@cnop/database-core';

/** A reader of stored items, and an item that is stored with every attribute that it may have. */
export interface ItemReader {
  readonly name: string;
  readonly read: (item: Record<string, unknown>) => object;
  readonly item: Record<string, unknown>;
}

/** An object whose methods take what a client sent. */
export interface FuzzTarget {
  /** Its class. */
  readonly name: string;
  readonly open: (database: Database) => object;
  /** Arguments that its methods accept, by the name of the method. */
  readonly calls: Readonly<Record<string, readonly unknown[]>>;
}

/** What is fuzzed of one entity. */
export interface EntityFuzz {
  /** The library that exports its schemas. */
  readonly library: string;
  /** Valid inputs of its schemas, with as many optional fields as there are: what is spoiled lies in or beside these. */
  readonly examples: Readonly<Record<string, readonly unknown[]>>;
  readonly readers: readonly ItemReader[];
  readonly dao: FuzzTarget;
}
