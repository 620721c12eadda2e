import { type DomainError, isDomainError, sharedErrors } from '@cnop/exceptions';
import { wasNeverSent } from './failed-requests.ts';
import { refusalDetails } from './refusal-details.ts';

/**
 * What a failed request says about whether it was carried out.
 *
 * - `unknown`: it may have been, or may still be (time-out, lost response, 5xx).
 * - `in-progress`: another attempt with the same token is being carried out.
 * - `throttled`, `unreachable`, `expired`: certainly not, and a later attempt may succeed.
 * - `refused`: certainly not, and a later attempt will not succeed either.
 */
export type FailureKind = 'unknown' | 'in-progress' | 'throttled' | 'unreachable' | 'expired' | 'refused';

const kindByName: Readonly<Record<string, FailureKind>> = {
  TransactionInProgressException: 'in-progress',
  ProvisionedThroughputExceededException: 'throttled',
  ThrottlingException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  ExpiredTokenException: 'expired',
  ExpiredToken: 'expired',
  RequestExpired: 'expired',
  CredentialsProviderError: 'refused',
  TokenProviderError: 'refused',
};

/** The request never left: the host was not found, or no connection was made. The same codes of `read` or `write` come later. */
const unreachableCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const beforeSending = new Set(['getaddrinfo', 'connect']);

/** The names that the SDK gives to a response that names no error of DynamoDB's, such as a proxy's. */
const unnamed = new Set<unknown>([undefined, 'Unknown', 'UnknownError', 'Error', 'SyntaxError']);

interface SdkFailure {
  readonly name?: string;
  readonly code?: string;
  readonly syscall?: string;
  /** Of a host with several addresses: why each of them failed. */
  readonly errors?: readonly SdkFailure[];
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
}

/**
 * Reads the failure of a request. Whatever is not certain is `unknown`: a 4xx too that DynamoDB did not name. What never left this
 * process, a value that cannot be stored or keys that were not to be had, was certainly not carried out.
 */
export function classifyFailure(error: unknown): FailureKind {
  const { name, $metadata } = error as SdkFailure;
  const byName = name === undefined ? undefined : kindByName[name];
  if (byName) return byName;
  if (wasUnreachable(error as SdkFailure)) return 'unreachable';
  if (wasNeverSent(error)) return 'refused';

  const { httpStatusCode: status = 0, clockSkewCorrected } = $metadata ?? {};
  if (status < 400 || status >= 500 || unnamed.has(name)) return 'unknown';

  // The SDK has learnt from the response how far this machine's clock is off, and signs the next request by that.
  return clockSkewCorrected ? 'expired' : 'refused';
}

const wasUnreachable = ({ code, syscall, errors }: SdkFailure): boolean =>
  errors?.length
    ? errors.every(wasUnreachable)
    : unreachableCodes.has(String(code)) && beforeSending.has(String(syscall));

/** Whether DynamoDB answered with this error. */
export const hasName = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** The DomainError for a request that certainly changed nothing. A DomainError (of a credentials provider, say) stays as it is. */
export function databaseFailure(cause: unknown, attempts: number, kind = classifyFailure(cause)): DomainError {
  if (isDomainError(cause)) return cause;

  switch (kind) {
    case 'throttled':
      return new sharedErrors.ThrottledError({ attempts }, { cause });
    case 'refused':
    case 'expired':
      return new sharedErrors.DatabaseError(refusalDetails(cause), { cause });
    case 'in-progress':
      return new sharedErrors.ContentionError({ attempts }, { cause });
    case 'unknown':
    case 'unreachable':
      return new sharedErrors.DatabaseUnavailableError({}, { cause });
  }
}

/**
 * Runs a read and turns what the SDK throws, its own retries spent, into a DomainError.
 *
 * @throws DatabaseUnavailableError, ThrottledError, ContentionError or DatabaseError; a DomainError of the read's own as it is.
 */
export async function wrapRead<TResult>(read: () => Promise<TResult>): Promise<TResult> {
  try {
    return await read();
  } catch (cause) {
    throw databaseFailure(cause, 1);
  }
}
