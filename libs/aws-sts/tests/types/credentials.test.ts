import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  createAssumedRoleCredentials,
  getCallerIdentity,
  type AssumedRoleCredentialsOptions,
  type AwsCredentialIdentity,
  type AwsCredentialProvider,
  type CallerIdentity,
} from '@cnop/aws-sts';
import { expectTypeOf } from 'expect-type';

describe('types', () => {
  it('gives what AWS SDK clients take', () => {
    expectTypeOf(createAssumedRoleCredentials).returns.toEqualTypeOf<AwsCredentialProvider>();
    expectTypeOf<AwsCredentialProvider>().toExtend<NonNullable<DynamoDBClientConfig['credentials']>>();
    expectTypeOf<AwsCredentialIdentity>().toExtend<{
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
      readonly expiration?: Date;
    }>();
    expectTypeOf(getCallerIdentity).returns.resolves.toEqualTypeOf<CallerIdentity>();
  });

  it('takes a provider or keys as the source, and one role or several', () => {
    type Options = AssumedRoleCredentialsOptions;
    const role = { roleArn: 'arn', roleSessionName: 'name' };

    expectTypeOf<AwsCredentialProvider>().toExtend<Options['sourceCredentials']>();
    expectTypeOf<{ accessKeyId: string; secretAccessKey: string }>().toExtend<Options['sourceCredentials']>();
    expectTypeOf([role, role]).toExtend<Options['role']>();
    expectTypeOf<{ roleArn: string }>().not.toExtend<Options['role']>();
  });
});
