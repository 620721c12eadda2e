import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import type { Clock } from '@cnop/utils';

/** Compares our clock with that of the database, by the `Date` of each of its answers, which is in whole seconds. */
export interface ClockWatch {
  /**
   * How far the database's clock is ahead of ours at the least, in milliseconds, by its latest answer; negative where it is behind.
   * Undefined before the first answer, and after one without a date.
   */
  offsetMs(): number | undefined;
  /** Why no write may be sent, when that is more than is allowed. */
  refusal(): InstanceType<typeof sharedErrors.ClockOffError> | undefined;
}

/** Watches what these clients are answered. */
export function watchClock(
  clients: readonly DynamoDBClient[],
  { clock, maxClockErrorMs }: { readonly clock: Clock; readonly maxClockErrorMs: number },
): ClockWatch {
  let offsetMs: number | undefined;

  for (const { middlewareStack } of clients) {
    middlewareStack.add(
      (next) => async (args) => {
        const sentAt = clock.now().getTime();
        const result = await next(args);
        const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
        const date = Date.parse(headers?.['date'] ?? '');
        offsetMs = Number.isNaN(date) ? undefined : offsetOf(date, sentAt, clock.now().getTime());
        return result;
      },
      { name: 'cnopWatchClock', step: 'deserialize', priority: 'low' },
    );
  }
  return {
    offsetMs: () => offsetMs,
    refusal: () =>
      offsetMs !== undefined && Math.abs(offsetMs) > maxClockErrorMs
        ? new sharedErrors.ClockOffError({ offsetMs, maxClockErrorMs })
        : undefined,
  };
}

/** The least that explains the date: it was written within that second, at some moment between our sending and our receiving. */
function offsetOf(date: number, sentAt: number, receivedAt: number): number {
  const [atLeast, atMost] = [date - receivedAt, date + 999 - sentAt];
  if (atLeast > 0) return atLeast;

  return Math.min(atMost, 0);
}
