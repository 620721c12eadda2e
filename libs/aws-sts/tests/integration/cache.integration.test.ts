import { createAssumedRoleCredentials } from '@cnop/aws-sts';

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
    await sts.settled(2);
    const after = await credentials();

    expect(during.map((keys) => keys.accessKeyId)).toEqual(Array(3).fill('ASIAISSUED0001'));
    expect(after.accessKeyId).toBe('ASIAISSUED0002');
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
    await sts.settled(2);

    expect(beforeMargin).toBe(1);
    expect(sts.requests).toHaveLength(2);
  });

  it('uses the old keys while an early refresh hangs', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ timeoutMs: 100 }));
    await credentials();
    sts.behave(() => 'hang');
    sts.clock.advance(HOUR_MS - 1_000);

    const keys = await credentials();
    await sts.settled(2);

    expect(keys.accessKeyId).toBe('ASIAISSUED0001');
  });

  it('uses the old keys after a failed early refresh, and tries again ten seconds later', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    await credentials();
    sts.behave(() => stsError(403, 'AccessDenied', 'Not now.'));
    sts.clock.advance(HOUR_MS - 20_000);

    await credentials();
    await sts.settled(2);
    const afterFailure = await credentials();
    sts.clock.advance(9_999);
    await credentials();
    const beforePause = sts.requests.length;
    sts.behave(undefined);
    sts.clock.advance(1);
    await credentials();
    await sts.settled(3);
    const afterPause = await credentials();

    expect(afterFailure.accessKeyId).toBe('ASIAISSUED0001');
    expect(beforePause).toBe(2);
    expect(afterPause.accessKeyId).toBe('ASIAISSUED0002');
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

  it('joins an early refresh that is under way when the old keys expire meanwhile', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());
    await credentials();
    let finish: () => void = () => undefined;
    sts.behave(async (_request, answer) => {
      await new Promise<void>((resolve) => (finish = resolve));
      return answer();
    });

    sts.clock.advance(HOUR_MS - 1_000);
    await credentials();
    sts.clock.advance(1_000);
    const waiting = credentials();
    await sts.settled(2);
    finish();

    expect((await waiting).accessKeyId).toBe('ASIAISSUED0002');
    expect(sts.requests).toHaveLength(2);
  });

  it('does not refresh at every call when keys last less than the margin', async () => {
    sts.behave((_request, answer) => {
      const { status, body } = answer();
      return { status, body: body.replace('2030-01-01T01:00:00.000Z', '2030-01-01T00:01:00.000Z') };
    });
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    for (let call = 0; call < 10; call += 1) {
      await credentials();
      await sts.settled(Math.min(call + 1, 2));
    }

    expect(sts.requests).toHaveLength(2);
  });

  it('gives each caller a copy', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith());

    Object.assign(await credentials(), { secretAccessKey: 'spoilt' });

    expect((await credentials()).secretAccessKey).toBe('issued/secret+0001');
  });
});
