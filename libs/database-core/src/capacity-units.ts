const writeUnitBytes = 1_024;
const readUnitBytes = 4_096;

/**
 * The write units of one item: 1 per started KB, twice that in a transaction. A failed condition costs as much as a write.
 *
 * @param sizeBytes - the larger of the item's sizes before and after; 0 for an item that did not exist and still does not.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html}
 */
export function writeUnits(
  sizeBytes: number,
  { transactional = false }: { readonly transactional?: boolean } = {},
): number {
  return startedUnits(sizeBytes, writeUnitBytes) * (transactional ? 2 : 1);
}

/** What a read is. */
export interface ReadKind {
  readonly transactional?: boolean;
  /** Strongly consistent. A transaction always is. */
  readonly consistent?: boolean;
}

/**
 * The read units of one item: 1 per started 4 KB, half of it when eventually consistent, twice in a transaction. An item that does
 * not exist costs as much as the smallest.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html}
 */
export function readUnits(sizeBytes: number, { transactional = false, consistent = false }: ReadKind = {}): number {
  const units = startedUnits(sizeBytes, readUnitBytes);
  if (transactional) return 2 * units;

  return consistent ? units : units / 2;
}

const startedUnits = (sizeBytes: number, unitBytes: number): number => Math.max(1, Math.ceil(sizeBytes / unitBytes));
