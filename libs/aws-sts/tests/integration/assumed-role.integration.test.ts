import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createAssumedRoleCredentials } from '@cnop/aws-sts';

import { makeRole, rootKeys } from '../fixtures.ts';
import { HOUR_MS, useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe(createAssumedRoleCredentials, () => {
  it('assumes the role and gives its keys, with their end and account', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    const keys = await credentials();

    expect(keys).toEqual({
      accessKeyId: 'ASIAISSUED0001',
      secretAccessKey: 'issued/secret+0001',
      sessionToken: 'issued/token+0001==',
      expiration: new Date('2030-01-01T01:00:00Z'),
      accountId: '123456789012',
    });
    expect(sts.requests).toEqual([
      {
        action: 'AssumeRole',
        accessKeyId: rootKeys.accessKeyId,
        caller: rootKeys.arn,
        parameters: {
          RoleArn: 'arn:aws:iam::123456789012:role/orders',
          RoleSessionName: 'order-service',
          DurationSeconds: '3600',
        },
      },
    ]);
  });

  it('requests nothing before the first call', async () => {
    createAssumedRoleCredentials(sts.optionsWith());
    const later = createAssumedRoleCredentials(sts.optionsWith({ role: makeRole({ roleSessionName: 'later' }) }));

    await later();

    // A request of the first one would have come before.
    expect(sts.requests.map(({ parameters }) => parameters.RoleSessionName)).toEqual(['later']);
  });

  it('sends the external id, the session policy, tags and transitive tag keys', async () => {
    const role = makeRole({
      externalId: 'partner:42',
      durationSeconds: 43_200,
      policy: { Version: '2012-10-17', Statement: [] },
      policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::123456789012:policy/own'],
      tags: { team: 'orders', costCenter: '7 + 1' },
      transitiveTagKeys: ['team'],
    });

    await createAssumedRoleCredentials(sts.optionsWith({ role }))();

    expect(sts.requests[0]!.parameters).toEqual({
      RoleArn: role.roleArn,
      RoleSessionName: role.roleSessionName,
      DurationSeconds: '43200',
      ExternalId: 'partner:42',
      Policy: '{"Version":"2012-10-17","Statement":[]}',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'PolicyArns.member.2.arn': 'arn:aws:iam::123456789012:policy/own',
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'orders',
      'Tags.member.2.Key': 'costCenter',
      'Tags.member.2.Value': '7 + 1',
      'TransitiveTagKeys.member.1': 'team',
    });
  });

  it('sends a session policy given as text unchanged', async () => {
    const role = makeRole({ policy: '{ "Statement": [] }' });

    await createAssumedRoleCredentials(sts.optionsWith({ role }))();

    expect(sts.requests[0]!.parameters.Policy).toBe('{ "Statement": [] }');
  });

  it('takes the keys of the default chain when no source is named', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: rootKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootKeys.secretAccessKey,
    });
    delete process.env.AWS_SESSION_TOKEN;

    try {
      await createAssumedRoleCredentials(sts.optionsWith({ sourceCredentials: undefined }))();
    } finally {
      process.env = before;
    }

    expect(sts.requests[0]!.accessKeyId).toBe(rootKeys.accessKeyId);
  });

  it('uses the requestHandler it is given, more than once', async () => {
    const handled: unknown[] = [];
    const client = new STSClient({ region: 'eu-central-1' });
    const { requestHandler } = client.config;
    const counting = {
      handle: (...call: Parameters<typeof requestHandler.handle>) => {
        handled.push(call[0]);
        return requestHandler.handle(...call);
      },
      destroy: () => {
        throw new Error('The handler belongs to the caller.');
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    };
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ requestHandler: counting }));

    await credentials();
    sts.clock.advance(HOUR_MS);
    await credentials();

    expect(handled).toHaveLength(2);
    client.destroy();
  });

  it('signs the requests of an AWS SDK client', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    const client = new STSClient({ region: 'eu-central-1', endpoint: sts.endpoint, credentials });

    const { Arn } = await client.send(new GetCallerIdentityCommand({}));

    expect(Arn).toBe('arn:aws:sts::123456789012:assumed-role/orders/order-service');
    client.destroy();
  });
});
