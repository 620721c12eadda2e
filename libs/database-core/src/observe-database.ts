import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ClockWatch } from './clock-watch.ts';
import type { Database } from './database.ts';
import { operationOf, tableNamesOf } from './failed-requests.ts';
import { type AttemptResult, readFailure } from './write-attempt.ts';
import type { RequestOutcome, RequestEnd, ObservedRetry, DatabaseObserver } from './database-observer.ts';

/**
 * Tells an observer of every request of a database and of every retry, until the function it returns is called.
 *
 * Any number may observe at once. A database that nobody observes does nothing for it.
 *
 * @example
 * const stop = observeDatabase(database, { onRetry: ({ operation, reason }) => log.info({ operation, reason }, 'sent again') });
 */
export function observeDatabase(
  { reader, writer, observers, clockWatch }: Database,
  observer: DatabaseObserver,
): () => void {
  const name = `cnop-observer-${randomUUID()}`;
  // Reads are retried by the SDK, writes by the runner, which tells of it itself.
  addObserver(reader, { name, observer, clockWatch, tellsRetries: true });
  addObserver(writer, { name, observer, clockWatch, tellsRetries: false });
  observers.add(observer);

  return () => {
    for (const { middlewareStack } of [reader, writer]) middlewareStack.remove(name);
    observers.delete(observer);
  };
}

/** Tells all observers that a write is sent again. */
export function tellRetry({ observers }: Database, retry: ObservedRetry): void {
  for (const observer of observers) quietly(() => observer.onRetry?.(retry));
}

/** What became of an attempt, in one word: of several reasons the one that decides what follows. */
export function outcomeOf(result: AttemptResult): RequestOutcome {
  if (result.kind === 'committed') return 'ok';
  if (result.kind !== 'cancelled') return result.kind;

  const kinds = new Set(result.reasons.map(({ kind }) => kind));
  if (kinds.has('condition-failed')) return 'condition-failed';
  if (kinds.has('conflict')) return 'conflict';
  return kinds.has('throttled') ? 'throttled' : 'refused';
}

interface Observation {
  readonly name: string;
  readonly observer: DatabaseObserver;
  readonly clockWatch: ClockWatch;
  readonly tellsRetries: boolean;
}

function addObserver(
  { middlewareStack }: DynamoDBDocumentClient,
  { name, observer, clockWatch, tellsRetries }: Observation,
): void {
  middlewareStack.add(
    (next, context) => async (args) => {
      const operation = operationOf(context);
      const past = (context[name] ??= { attempts: 0 }) as { attempts: number; last?: RequestOutcome };
      if (tellsRetries && past.last) {
        const retry = { operation, attempt: past.attempts, reason: past.last };
        quietly(() => observer.onRetry?.(retry));
      }
      const startedAt = performance.now();
      const tell = quietly(() =>
        observer.onRequest?.({ operation, tableNames: [...new Set(tableNamesOf(args.input))] }),
      );
      const end = (outcome: RequestOutcome, failure: Pick<RequestEnd, 'error'> = {}) => {
        past.attempts += 1;
        past.last = outcome;
        const durationMs = performance.now() - startedAt;
        quietly(() => tell?.({ outcome, durationMs, clockOffsetMs: clockWatch.offsetMs(), ...failure }));
      };

      try {
        const answer = await next(args);
        end('ok');
        return answer;
      } catch (error) {
        end(outcomeOf(readFailure(error)), { error });
        throw error;
      }
    },
    // Within the SDK's retries, around the reading of the answer.
    { name, step: 'finalizeRequest', priority: 'low' },
  );
}

/** An observer's fault is its own: it must not turn a write that was carried out into a failure. */
function quietly<TResult>(call: () => TResult): TResult | undefined {
  try {
    return call();
  } catch (error) {
    process.emitWarning('A database observer failed.', { detail: inspect(error) });
    return undefined;
  }
}
