import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { fullJitterDelay } from '@cnop/utils';
import type { Database } from './database.ts';

/**
 * Changes something as it stands: calls `change`, which reads it and writes it under the condition that its version is the one that was
 * read; and calls it again, after capped full jitter, while another write comes in between (VERSION_CONFLICT).
 *
 * @param change - is told which attempt it is, from 1.
 * @throws {@link sharedErrors.ContentionError} after `retry.maxAttempts` attempts; whatever else `change` throws.
 * @example
 * const asset = await changeAsItStands(database, async () => {
 *   const { termsVersion } = await assets.getAsset('MSFT');
 *   return await assets.updateAsset({ assetId: 'MSFT', expectedVersion: termsVersion, changes: { name: 'Microsoft' } });
 * });
 */
export async function changeAsItStands<TResult>(
  { retry, random, sleep }: Pick<Database, 'retry' | 'random' | 'sleep'>,
  change: (attempt: number) => Promise<TResult>,
): Promise<TResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change(attempt);
    } catch (cause) {
      if (!isDomainError(cause) || cause.code !== 'VERSION_CONFLICT') throw cause;
      if (attempt >= retry.maxAttempts) throw new sharedErrors.ContentionError({ attempts: attempt }, { cause });
    }
    await sleep(fullJitterDelay(attempt, retry, random));
  }
}
