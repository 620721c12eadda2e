import { textTable } from '../text-table.ts';
import type { CallRecord } from './call-record.ts';

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
