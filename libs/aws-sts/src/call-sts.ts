import { STSClient } from '@aws-sdk/client-sts';
import { CredentialsUnavailableError, isDomainError } from '@cnop/exceptions';

import type { AwsCredentialSource } from './aws-credentials.ts';
import { toSafeCause } from './safe-cause.ts';
import { DEFAULT_TIMEOUT_MS, type StsConnection } from './sts-connection.ts';
import { withDeadline } from './with-deadline.ts';

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
      withClient(call, async (client) => {
        const { secretAccessKey, sessionToken = '' } = await client.config.credentials();
        secrets.push(secretAccessKey, sessionToken);

        return send(client, signal);
      }),
    );
  } catch (error) {
    throw toCredentialsError(error, call.roleArn, secrets);
  }
}

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

  return new CredentialsUnavailableError(roleArn === undefined ? {} : { roleArn }, {
    cause: toSafeCause(error, secrets),
  });
}
