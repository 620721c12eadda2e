import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createAssumedRoleCredentials } from '@cnop/aws-sts';
import { eventually } from '@cnop/testing';

import { rootKeys } from '../fixtures.ts';
import { stsError } from '../sts-server.ts';
import { HOUR_MS, useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe('an AWS SDK client five minutes before its keys expire', () => {
  const now = new Date('2030-06-01T00:00:00Z');
  const soon = new Date('2030-06-01T00:04:00Z');

  beforeEach(() => void jest.useFakeTimers({ now }));
  afterEach(() => void jest.useRealTimers());

  it('fails a request by itself when its provider fails, although its keys are valid', async () => {
    let down = false;
    const credentials = async () => {
      if (down) throw new Error('The provider is down.');
      return { ...rootKeys, expiration: soon };
    };
    const client = new STSClient({ region: 'eu-central-1', endpoint: sts.endpoint, credentials });
    await client.send(new GetCallerIdentityCommand({}));

    down = true;
    const next = client.send(new GetCallerIdentityCommand({}));

    await expect(next).rejects.toThrow('The provider is down.');
    client.destroy();
  });

  it('goes on with ours while STS fails to give new ones', async () => {
    sts.clock.set(new Date(soon.getTime() - HOUR_MS));
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    const client = new STSClient({ region: 'eu-central-1', endpoint: sts.endpoint, credentials });
    await client.send(new GetCallerIdentityCommand({}));
    sts.behave((request, answer) =>
      request.action === 'AssumeRole' ? stsError(403, 'AccessDenied', 'Not now.') : answer(),
    );
    sts.clock.set(now);

    for (let call = 0; call < 5; call += 1) {
      await client.send(new GetCallerIdentityCommand({}));
    }
    jest.useRealTimers();
    await eventually('the refusal has come', () => sts.requests.length === 8);

    const refused = sts.requests.filter(({ accessKeyId }) => accessKeyId === rootKeys.accessKeyId).length - 1;
    expect(refused).toBe(1);
    client.destroy();
  });
});
