import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const unsentFailures = new WeakSet<object>();

const reachedHandler = 'cnop.reachedHandler';

/** Makes a client remember the failures of those requests that it never handed to its HTTP handler. */
export function markUnsentRequests({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (failure) {
        if (!context[reachedHandler] && failure instanceof Error) unsentFailures.add(failure);
        throw failure;
      }
    },
    { name: 'cnopRememberUnsent', step: 'initialize', priority: 'high' },
  );
  middlewareStack.add(
    (next, context) => (args) => {
      context[reachedHandler] = true;
      return next(args);
    },
    { name: 'cnopNoteSending', step: 'deserialize', priority: 'low' },
  );
}

/** Whether a request failed before anything of it left this process. */
export const wasNeverSent = (failure: unknown): boolean => failure instanceof Error && unsentFailures.has(failure);
