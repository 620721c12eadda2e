/** An item as the document client reads and writes it: numbers as `number`, or as `bigint` where a `number` would lose digits. */
export type RawItem = Record<string, unknown>;

/** The primary key of an item, as the document client takes it. */
export type ItemKey = Record<string, string | number>;
