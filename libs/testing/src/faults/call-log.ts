import type { CallRecord, OpenRecord } from './call-record.ts';

/** The latest calls, and how many there were of each operation. */
export interface CallLog {
  readonly records: readonly CallRecord[];
  /** Opens the record of the next call; `nth` counts the calls of its operation from 1. */
  open(target: string, body: string): { readonly record: OpenRecord; readonly nth: number };
}

export function createCallLog(keep: number): CallLog {
  const records: CallRecord[] = [];
  const counts = new Map<string, number>();
  let index = 0;

  return {
    records,
    open: (target, body) => {
      const nth = (counts.get(target) ?? 0) + 1;
      const record: OpenRecord = { index: (index += 1), target, fault: 'none', body, carriedOut: false };

      counts.set(target, nth);
      records.push(record);
      // Seldom and many at once, as every removal moves all that stay.
      if (records.length >= 2 * keep) records.splice(0, records.length - keep);
      return { record, nth };
    },
  };
}
