import { ScanCommand, type ScanCommandInput, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Database } from '@cnop/database-core';
import {
  DatabaseError,
  DatabaseUnavailableError,
  isDomainError,
  ThrottledError,
  type DomainError,
} from '@cnop/exceptions';

/**
 * One page of a scan.
 *
 * @throws {@link DatabaseUnavailableError}, {@link ThrottledError} or {@link DatabaseError}.
 */
export async function scanPage({ reader }: Database, request: ScanCommandInput): Promise<ScanCommandOutput> {
  try {
    return await reader.send(new ScanCommand(request));
  } catch (cause) {
    throw scanFailure(cause);
  }
}

const throttles = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** A DomainError (of a credentials provider, say) stays as it is. */
function scanFailure(cause: unknown): DomainError {
  if (isDomainError(cause)) return cause;

  const { name, $metadata } = cause as { name: string; $metadata?: { httpStatusCode?: number } };
  if (throttles.has(name)) return new ThrottledError({ attempts: 1 }, { cause });

  const status = $metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500 ? new DatabaseError({}, { cause }) : new DatabaseUnavailableError({}, { cause });
}
