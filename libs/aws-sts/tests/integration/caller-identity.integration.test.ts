import { createAssumedRoleCredentials, getCallerIdentity } from '@cnop/aws-sts';

import { rejectionOf, rootKeys } from '../fixtures.ts';
import { useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe(getCallerIdentity, () => {
  it('gives account, arn and user id of the keys', async () => {
    const identity = await getCallerIdentity({
      region: 'eu-central-1',
      endpoint: sts.endpoint,
      credentials: createAssumedRoleCredentials(sts.optionsWith()),
    });

    expect(identity).toEqual({
      account: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/orders/order-service',
      userId: 'AIDAUSER',
    });
  });

  it('rejects keys that STS does not know', async () => {
    const credentials = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' };

    const error = await rejectionOf(getCallerIdentity({ region: 'eu-central-1', endpoint: sts.endpoint, credentials }));

    expect(error).toMatchObject({
      code: 'CREDENTIALS_UNAVAILABLE',
      details: {},
      cause: { name: 'InvalidClientTokenId' },
    });
  });

  it('rejects a secret that does not match', async () => {
    const credentials = { accessKeyId: rootKeys.accessKeyId, secretAccessKey: 'wrong' };

    const error = await rejectionOf(getCallerIdentity({ region: 'eu-central-1', endpoint: sts.endpoint, credentials }));

    expect(error).toMatchObject({ cause: { name: 'SignatureDoesNotMatch' } });
  });

  it('refuses an answer without an identity', async () => {
    sts.behave(() => ({
      status: 200,
      body: '<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>',
    }));

    const error = await rejectionOf(
      getCallerIdentity({ region: 'eu-central-1', endpoint: sts.endpoint, credentials: rootKeys }),
    );

    expect(error).toMatchObject({ cause: { code: 'INCOMPLETE_RESPONSE' } });
  });

  it('refuses a wrong option', async () => {
    const error = await rejectionOf(getCallerIdentity({ region: '', credentials: rootKeys }));

    expect(error).toMatchObject({ code: 'CONFIGURATION_INVALID', details: { settings: [{ setting: 'region' }] } });
  });
});
