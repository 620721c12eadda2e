import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import type { AwsCredentialSource } from './cache-credentials.ts';

export interface StsCall {
  readonly connection: StsConnection;
  /** The keys that sign the call; the SDK's default chain when absent. */
  readonly credentials?: AwsCredentialSource | undefined;
  readonly roleArn?: string;
  /** What must not appear in an error, besides the keys. */
  readonly secrets?: readonly string[];
}

/**
 * Makes one call to STS with a client of its own.
 *
 * A client remembers its keys by the system's clock and for five minutes less than they last, so a kept one might sign with keys that
 * the source has replaced; calls are an hour apart, which makes a new client cheap.
 */
export async function callSts<TResult>(
  call: StsCall,
  send: (client: STSClient, signal: AbortSignal) => Promise<TResult>,
): Promise<TResult> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = call.connection;
  const secrets = [...(call.secrets ?? [])];

  try {
    return await withDeadline(timeoutMs, (signal) =>
      withLivingKeys(call.credentials, (credentials) =>
        withClient({ ...call, credentials }, async (client) => {
          const { secretAccessKey, sessionToken = '' } = await client.config.credentials();
          secrets.push(secretAccessKey, sessionToken);

          return send(client, signal);
        }),
      ),
    );
  } catch (error) {
    throw toCredentialsError(error, call.roleArn, secrets);
  }
}

/** Where STS calls the keys expired that a provider gave, the provider is asked for others, once. */
async function withLivingKeys<TResult>(
  source: AwsCredentialSource | undefined,
  use: (credentials: AwsCredentialSource | undefined) => Promise<TResult>,
): Promise<TResult> {
  try {
    return await use(source);
  } catch (error) {
    if (typeof source !== 'function' || !isForeignError(error) || !EXPIRED.has(error.name)) throw error;

    return await use(() => source({ forceRefresh: true }));
  }
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException']);

async function withClient<TResult>(
  { connection: { region, endpoint, requestHandler }, credentials }: StsCall,
  use: (client: STSClient) => Promise<TResult>,
): Promise<TResult> {
  const client = new STSClient({
    region,
    endpoint,
    credentials,
    requestHandler,
    maxAttempts: 3,
    retryMode: 'standard',
  });

  try {
    return await use(client);
  } finally {
    if (requestHandler === undefined) {
      client.destroy();
    }
  }
}

function toCredentialsError(error: unknown, roleArn: string | undefined, secrets: readonly string[]): Error {
  // A role earlier in the chain has failed: its error already names that role.
  if (isDomainError(error) && error.code === 'CREDENTIALS_UNAVAILABLE') {
    return error;
  }

  return new sharedErrors.CredentialsUnavailableError(roleArn === undefined ? {} : { roleArn }, {
    cause: toSafeCause(error, secrets),
  });
}

/** How to reach STS. */
export interface StsConnection {
  /** Region of the STS endpoint; the keys it hands out work in every Region that is enabled. */
  readonly region: string;
  /** Another endpoint than the Region's own: a VPC endpoint or a local STS. */
  readonly endpoint?: string;
  /** How long one call may take, its retries and the reading of the source credentials included. Default: 5,000 ms. */
  readonly timeoutMs?: number;
  /** The SDK's HTTP handler, for a proxy or the like. It stays the caller's to destroy. */
  readonly requestHandler?: STSClientConfig['requestHandler'];
}

const DEFAULT_TIMEOUT_MS = 5_000;

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** @throws {@link sharedErrors.ConfigurationError} naming the first wrong setting. */
export function assertConnection({ region, endpoint, timeoutMs = DEFAULT_TIMEOUT_MS }: StsConnection): void {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(region)) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'region', rule: 'must be the name of an AWS Region' }],
    });
  }

  if (endpoint !== undefined && !isHttpUrl(endpoint)) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'endpoint', rule: 'must be an http or https URL' }],
    });
  }

  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'timeoutMs', rule: 'must be a positive whole number of milliseconds' }],
    });
  }
}

/**
 * Runs `action`, but not longer than `timeoutMs`: then its signal aborts and the result is a rejection named `TimeoutError`, whether or
 * not the action heeds the signal.
 */
async function withDeadline<TResult>(
  timeoutMs: number,
  action: (signal: AbortSignal) => Promise<TResult>,
): Promise<TResult> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The call took too long.', 'TimeoutError'));
      controller.abort();
    }, timeoutMs);
  });

  try {
    return await Promise.race([action(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

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
function toSafeCause(error: unknown, secrets: readonly string[]): SafeCause {
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
