import { textTable } from '../text-table.ts';

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

/** What became of one network call. It changes while the call is under way. */
export interface CallRecord {
  /** 1 for the first call of the injector. */
  readonly index: number;
  /** The operation, e.g. `TransactWriteItems`. */
  readonly target: string;
  /** The name of what befell it; `none` when it simply passed. */
  readonly fault: string;
  /** The body as the caller sent it. */
  readonly body: string;
  /** The status that the service itself answered; absent while, or if, the request did not get there. */
  readonly statusCode?: number;
  /** When the service answered, in milliseconds since 1970. */
  readonly landedAtMs?: number;
  /** Whether the service has carried the request out, whatever the caller was told. */
  readonly carriedOut: boolean;
}

/** A record that its injector still writes to. */
export type OpenRecord = { -readonly [TName in keyof CallRecord]: CallRecord[TName] };

/** A table of calls for people: number, operation, fault, and what the service itself did. */
export function formatCalls(calls: readonly CallRecord[]): string {
  return textTable(
    ['call', 'target', 'fault', 'carried out'],
    calls.map((call) => [String(call.index), call.target, call.fault, fateOf(call)]),
  );
}

function fateOf({ carriedOut, statusCode }: CallRecord): string {
  if (carriedOut) return 'yes';
  return statusCode === undefined ? 'no' : `refused (${statusCode})`;
}
