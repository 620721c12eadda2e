import type { FailureKind } from './database-failure.ts';

/**
 * What became of one request: carried out (`ok`), refused by a condition, in conflict with another write, or a failure that says so much
 * about whether it was carried out.
 */
export type RequestOutcome = 'ok' | 'condition-failed' | 'conflict' | FailureKind;

/** One request that is about to be sent. */
export interface ObservedRequest {
  /** Such as `TransactWriteItems`. */
  readonly operation: string;
  /** The physical names of the tables it names, each once. */
  readonly tableNames: readonly string[];
}

/** How a request ended. */
export interface RequestEnd {
  readonly outcome: RequestOutcome;
  readonly durationMs: number;
  /** How far the database's clock is ahead of ours by this answer, in milliseconds; absent where it has no date. */
  readonly clockOffsetMs?: number | undefined;
  /** What the SDK threw; absent when the outcome is `ok`. It may hold items: never log it as it is. */
  readonly error?: unknown;
}

/** A request that is sent again. */
export interface ObservedRetry {
  /** The operation of the {@link WritePlan} for a write, such as `placeOrder`; that of the request for a read, such as `GetItem`. */
  readonly operation: string;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  /** What became of it. */
  readonly reason: RequestOutcome;
}

/**
 * Who is told of the requests of a database, to log, count or trace them.
 *
 * Called within the asynchronous context of the call that sends the request. What it throws becomes a process warning and nothing else:
 * no request fails for it.
 */
export interface DatabaseObserver {
  /** Every attempt is a request of its own. What this returns is called once, when the request has ended. */
  onRequest?(request: ObservedRequest): ((end: RequestEnd) => void) | undefined;
  onRetry?(retry: ObservedRetry): void;
}
