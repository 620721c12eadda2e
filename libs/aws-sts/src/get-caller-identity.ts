import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assertConnection, callSts, type StsConnection } from './call-sts.ts';
import type { AwsCredentialSource } from './cache-credentials.ts';

/** What {@link getCallerIdentity} takes. */
export interface CallerIdentityOptions extends StsConnection {
  /** Whose identity to ask for. Default: the SDK's own chain (environment, container, instance, profile). */
  readonly credentials?: AwsCredentialSource;
}

/** Who the keys belong to. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
  /** The unique id; of a role's session `<role id>:<session name>`. */
  readonly userId: string;
}

/**
 * Asks STS who the given keys belong to. No permission is needed for it, so it proves that keys work.
 *
 * @throws {@link sharedErrors.ConfigurationError} when an option is wrong.
 * @throws {@link sharedErrors.CredentialsUnavailableError} when STS refuses the keys or does not answer in time.
 */
export async function getCallerIdentity(options: CallerIdentityOptions): Promise<CallerIdentity> {
  assertConnection(options);

  return callSts({ connection: options, credentials: options.credentials }, async (client, abortSignal) => {
    const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });

    if (Account === undefined || Arn === undefined || UserId === undefined) {
      throw Object.assign(new Error('STS answered without an identity.'), { code: 'INCOMPLETE_RESPONSE' });
    }

    return { account: Account, arn: Arn, userId: UserId };
  });
}
