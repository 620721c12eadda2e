import { createAssumedRoleCredentials } from '@cnop/aws-sts';

import { makeRole, rejectionOf, rootKeys } from '../fixtures.ts';
import { stsError } from '../sts-server.ts';
import { HOUR_MS, useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe('a chain of roles', () => {
  const first = makeRole({ roleArn: 'arn:aws:iam::123456789012:role/hub', durationSeconds: 43_200 });
  const second = makeRole({ roleArn: 'arn:aws:iam::123456789012:role/path/spoke' });

  it('assumes each role with the keys of the one before', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: [first, second] }));

    const keys = await credentials();

    expect(sts.requests.map(({ accessKeyId, caller }) => [accessKeyId, caller])).toEqual([
      [rootKeys.accessKeyId, rootKeys.arn],
      ['ASIAISSUED0001', 'arn:aws:sts::123456789012:assumed-role/hub/order-service'],
    ]);
    expect(keys.accessKeyId).toBe('ASIAISSUED0002');
  });

  it('keeps the keys of the first role while those of the second are replaced', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: [first, second] }));
    await credentials();
    sts.clock.advance(HOUR_MS);

    await credentials();

    expect(sts.requests.map(({ accessKeyId }) => accessKeyId)).toEqual([
      rootKeys.accessKeyId,
      'ASIAISSUED0001',
      'ASIAISSUED0001',
    ]);
  });

  it('takes another provider as the source, asked each time for its present keys', async () => {
    const hub = createAssumedRoleCredentials(sts.optionsWith({ role: makeRole({ durationSeconds: 900 }) }));
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: second, sourceCredentials: hub }));
    await credentials();
    sts.clock.advance(HOUR_MS);

    await credentials();

    expect(sts.requests.map(({ accessKeyId }) => accessKeyId)).toEqual([
      rootKeys.accessKeyId,
      'ASIAISSUED0001',
      rootKeys.accessKeyId,
      'ASIAISSUED0003',
    ]);
  });

  it('rejects with the error of the role that failed, wrapped once', async () => {
    sts.behave(() => stsError(403, 'AccessDenied', 'No.'));
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: [first, second] }));

    const error = await rejectionOf(credentials());

    expect(error).toMatchObject({ details: { roleArn: first.roleArn }, cause: { name: 'AccessDenied' } });
  });
});
