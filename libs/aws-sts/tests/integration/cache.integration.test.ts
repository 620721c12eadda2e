import { createAssumedRoleCredentials } from '@cnop/aws-sts';
import { eventually } from '@cnop/testing';

import { rejectionOf } from '../fixtures.ts';
import { stsError } from '../sts-server.ts';
import { HOUR_MS, useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe('the cache', () => {
  it('requests once for any number of calls, at once or later', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    const atOnce = await Promise.all(Array.from({ length: 32 }, () => credentials()));
    sts.clock.advance(HOUR_MS - 300_001);
    const later = await credentials();

    expect(new Set([...atOnce, later].map((keys) => keys.accessKeyId))).toEqual(new Set(['ASIAISSUED0001']));
    expect(sts.requests).toHaveLength(1);
  });

  it('replaces the keys in the background from the margin on', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    await credentials();
    sts.clock.advance(HOUR_MS - 300_000);

    const during = await Promise.all([credentials(), credentials(), credentials()]);
    await eventually('the new keys are there', async () => (await credentials()).accessKeyId === 'ASIAISSUED0002');

    expect(during.map((keys) => keys.accessKeyId)).toEqual(Array(3).fill('ASIAISSUED0001'));
    expect(sts.requests).toHaveLength(2);
  });

  it('takes the margin from its options', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ refreshMarginMs: 60_000 }));
    await credentials();

    sts.clock.advance(HOUR_MS - 60_001);
    await credentials();
    const beforeMargin = sts.requests.length;
    sts.clock.advance(1);
    await credentials();

    expect(beforeMargin).toBe(1);
    await eventually('the new keys are there', async () => (await credentials()).accessKeyId === 'ASIAISSUED0002');
    expect(sts.requests).toHaveLength(2);
  });

  it('never gives out expired keys', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    await credentials();
    sts.behave(() => stsError(403, 'AccessDenied', 'Not now.'));
    sts.clock.advance(HOUR_MS);

    const refused = await rejectionOf(credentials());
    sts.behave(undefined);
    const keys = await credentials();

    expect(refused).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
    expect(keys.accessKeyId).toBe('ASIAISSUED0002');
  });

  it('lets every waiting caller see a failure, and tries again at the next call', async () => {
    sts.behave(() => stsError(403, 'AccessDenied', 'Not now.'));
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    const failed = await Promise.allSettled([credentials(), credentials()]);
    sts.behave(undefined);
    await credentials();

    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(sts.requests).toHaveLength(2);
  });

  it('gives each caller a copy', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    Object.assign(await credentials(), { secretAccessKey: 'spoilt' });

    expect((await credentials()).secretAccessKey).toBe('issued/secret+0001');
  });
});
