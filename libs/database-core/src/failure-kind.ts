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

/** The request never left: no connection was made. */
const unreachableCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

interface SdkFailure {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
}

/** Reads the failure of a request. Whatever is not certain is `unknown`. */
export function classifyFailure(error: unknown): FailureKind {
  const { name, code, $metadata } = error as SdkFailure;
  const byName = name === undefined ? undefined : kindByName[name];
  if (byName) return byName;

  if (code !== undefined && unreachableCodes.has(code)) return 'unreachable';

  // The SDK has learnt from the answer how far this machine's clock is off, and signs the next request by that.
  if ($metadata?.clockSkewCorrected) return 'expired';

  const status = $metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'unknown';
}

/** Whether DynamoDB answered with this error. */
export const hasName = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
