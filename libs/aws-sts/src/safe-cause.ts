/** What is left of a foreign error once it can be logged. */
export interface SafeCause extends Error {
  readonly code?: string;
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

interface ForeignError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const isForeignError = (error: unknown): error is ForeignError =>
  typeof error === 'object' && error !== null && 'name' in error && 'message' in error;

function redact(text: string, secrets: readonly string[]): string {
  const spellings = secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, encodeURIComponent(secret)]);

  return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[redacted]'), text);
}

/**
 * A copy of `error` that holds no secret: name, code, HTTP status and request id, and the text only if AWS wrote it.
 *
 * AWS repeats the signed request, session token included, when a signature does not match, so `secrets` are struck out. Other texts are
 * dropped: a response that cannot be parsed is quoted in its error, and such a response may hold keys. So is the hidden `$response`.
 */
export function toSafeCause(error: unknown, secrets: readonly string[]): SafeCause {
  if (!isForeignError(error)) {
    return new Error('What was thrown is not an error.');
  }

  const { name, code, $metadata } = error;
  const message = error.$fault === undefined ? 'Details withheld: the text may hold credentials.' : error.message;

  return Object.assign(new Error(redact(message, secrets)), {
    name,
    ...(typeof code === 'string' && { code }),
    ...($metadata?.httpStatusCode !== undefined && { httpStatusCode: $metadata.httpStatusCode }),
    ...($metadata?.requestId !== undefined && { requestId: $metadata.requestId }),
  });
}
