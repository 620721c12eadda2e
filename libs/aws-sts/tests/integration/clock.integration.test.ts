import { createAssumedRoleCredentials } from '@cnop/aws-sts';
import { createManualClock } from '@cnop/utils';

import { makeRole } from '../fixtures.ts';
import { stsError } from '../sts-server.ts';
import { useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

const MINUTE_MS = 60_000;
const role = makeRole({ durationSeconds: 900 });

/** Credentials on a host whose clock is that far off that of STS. */
function onHost(offMs: number) {
  const clock = createManualClock(new Date(sts.clock.now().getTime() + offMs).toISOString());
  const credentials = createAssumedRoleCredentials(sts.optionsWith({ role, clock, refreshMarginMs: 0 }));
  const pass = (ms: number) => {
    clock.advance(ms);
    sts.clock.advance(ms);
  };

  return { clock, credentials, pass };
}

describe.each([
  ['behind', -20 * MINUTE_MS],
  ['ahead of', 20 * MINUTE_MS],
])('on a host whose clock is 20 minutes %s that of STS', (_, offMs) => {
  it('keys are kept for as long as they last, and no longer', async () => {
    const { clock, credentials, pass } = onHost(offMs);

    const first = await credentials();
    pass(15 * MINUTE_MS - 1);
    const last = await credentials();
    pass(1);
    const next = await credentials();

    expect([first, last, next].map(({ accessKeyId }) => accessKeyId)).toEqual([
      'ASIAISSUED0001',
      'ASIAISSUED0001',
      'ASIAISSUED0002',
    ]);
    expect(next.expiration).toEqual(new Date(clock.now().getTime() + 15 * MINUTE_MS));
    expect(sts.requests).toHaveLength(2);
  });
});

describe('a role whose keys STS calls expired', () => {
  it('is assumed again, once, for the next role of the chain', async () => {
    sts.behave((request, usual) =>
      request.accessKeyId === 'ASIAISSUED0001' ? stsError(403, 'ExpiredToken', 'It has expired.') : usual(),
    );
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: [makeRole(), makeRole()] }));

    const { accessKeyId } = await credentials();

    expect(accessKeyId).toBe('ASIAISSUED0003');
    expect(sts.requests.map((request) => request.accessKeyId.slice(-4))).toEqual([
      expect.any(String),
      '0001',
      expect.any(String),
      '0002',
    ]);
  });

  it('is an error when its next keys are no better', async () => {
    sts.behave((request, usual) =>
      request.accessKeyId.startsWith('ASIA') ? stsError(403, 'ExpiredToken', 'It has expired.') : usual(),
    );
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ role: [makeRole(), makeRole()] }));

    await expect(credentials()).rejects.toMatchObject({
      code: 'CREDENTIALS_UNAVAILABLE',
      cause: { name: expect.stringMatching(/^ExpiredToken/) as string },
    });
    expect(sts.requests).toHaveLength(4);
  });
});
