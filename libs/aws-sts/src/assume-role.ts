import { AssumeRoleCommand, type AssumeRoleCommandInput, type AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import { type AssumedRole, durationSecondsOf, policyTextOf } from './assumed-role.ts';
import type { AwsCredentialIdentity, AwsCredentialSource, ExpiringCredentials } from './cache-credentials.ts';
import { callSts, type StsConnection } from './call-sts.ts';
import type { Clock } from '@cnop/utils';

export interface AssumeRoleOptions {
  readonly connection: StsConnection;
  readonly source: AwsCredentialSource | undefined;
  readonly clock: Clock;
}

/**
 * Asks STS once for keys of the role. Their end is counted by our clock, from before the request: what STS says of it is by another
 * clock, and ours judges it.
 */
export async function assumeRole(role: AssumedRole, options: AssumeRoleOptions): Promise<ExpiringCredentials> {
  const call = {
    connection: options.connection,
    credentials: options.source,
    roleArn: role.roleArn,
    secrets: role.externalId === undefined ? [] : [role.externalId],
  };

  return callSts(call, async (client, abortSignal) => {
    const requestedAt = options.clock.now().getTime();
    const answer = await client.send(new AssumeRoleCommand(toRequest(role)), { abortSignal });

    return { ...toKeys(answer), expiration: new Date(requestedAt + durationSecondsOf(role) * 1_000) };
  });
}

function toRequest(role: AssumedRole): AssumeRoleCommandInput {
  const { policyArns, tags, transitiveTagKeys } = role;

  return {
    RoleArn: role.roleArn,
    RoleSessionName: role.roleSessionName,
    DurationSeconds: durationSecondsOf(role),
    ExternalId: role.externalId,
    Policy: policyTextOf(role),
    PolicyArns: policyArns?.map((arn) => ({ arn })),
    Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    TransitiveTagKeys: transitiveTagKeys && [...transitiveTagKeys],
  };
}

function toKeys({ Credentials, AssumedRoleUser }: AssumeRoleCommandOutput): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};

  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw Object.assign(new Error('STS answered without credentials.'), { code: 'INCOMPLETE_RESPONSE' });
  }

  // arn:aws:sts::<account>:assumed-role/<role>/<session>
  const accountId = AssumedRoleUser?.Arn?.split(':')[4];

  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(accountId !== undefined && { accountId }),
  };
}
