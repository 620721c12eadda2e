import type { DatabaseObserver } from '@cnop/database-core';
import type { FastifyBaseLogger } from 'fastify';
import { currentRequest } from '../scope/request-scope.ts';

/**
 * Logs what a database does, each line with the id of the request that it is done for: every request at `debug`, a retry at `info`, a
 * failure that is no answer to a condition at `warn`.
 *
 * @param log - for what is done outside of a request.
 */
export function databaseLog(log: FastifyBaseLogger): DatabaseObserver {
  const present = () => currentRequest()?.log ?? log;

  return {
    onRequest:
      ({ operation, tableNames }) =>
      ({ outcome, durationMs, error }) => {
        const line = { operation, tableNames, outcome, durationMs: Math.round(durationMs * 10) / 10 };
        const isAnswer = outcome === 'ok' || outcome === 'condition-failed';

        if (isAnswer) present().debug(line, 'database request');
        else present().warn({ ...line, error: nameOf(error) }, 'database request failed');
      },
    onRetry: ({ operation, attempt, reason }) => {
      present().info({ operation, attempt, reason }, 'database request is sent again');
    },
  };
}

/** The kind of an error of the SDK; the rest of it may hold items. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
