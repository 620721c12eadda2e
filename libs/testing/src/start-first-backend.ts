import type { BackendStartOptions, DynamoDbBackend, StartedBackend } from './dynamodb-backend.ts';
import { messageOf } from './message-of.ts';

/** A failed attempt, for the error that names them all. */
interface FailedAttempt {
  readonly name: string;
  readonly reason: string;
}

/**
 * Starts the first of the backends that can start; a backend that fails is passed over.
 *
 * @throws Error naming every backend that was tried and why it failed, when none started.
 */
export async function startFirstBackend(
  backends: readonly DynamoDbBackend[],
  options: BackendStartOptions,
): Promise<{ backend: DynamoDbBackend; started: StartedBackend }> {
  const failures: FailedAttempt[] = [];

  for (const backend of backends) {
    try {
      const reason = await backend.whyUnavailable(options);

      if (reason === undefined) return { backend, started: await backend.start(options) };
      failures.push({ name: backend.name, reason });
    } catch (error) {
      failures.push({ name: backend.name, reason: messageOf(error) });
    }
  }

  const tried = failures.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('');

  throw new Error(`No DynamoDB could be started. Tried:${tried}`);
}
