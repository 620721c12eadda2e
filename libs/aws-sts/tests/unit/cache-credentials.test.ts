import { createManualClock } from '@cnop/utils';
import { cacheCredentials, type ExpiringCredentials } from '../../src/cache-credentials.ts';

const HOUR_MS = 3_600_000;

/** A cache whose every load ends when the test says so, and keys that last an hour unless told otherwise. */
function setup({ lifetimeMs = HOUR_MS } = {}) {
  const clock = createManualClock('2030-01-01T00:00:00Z');
  const loads: { succeed(): void; fail(): void }[] = [];
  const load = () =>
    new Promise<ExpiringCredentials>((resolve, reject) => {
      const accessKeyId = `KEYS${loads.length + 1}`;
      loads.push({
        succeed: () => {
          const expiration = new Date(clock.now().getTime() + lifetimeMs);
          resolve({ accessKeyId, secretAccessKey: 'secret', sessionToken: 'token', expiration });
        },
        fail: () => {
          reject(new Error('Not now.'));
        },
      });
    });
  const credentials = cacheCredentials({ load, clock, refreshMarginMs: 300_000 });
  const keysNow = async () => (await credentials()).accessKeyId;
  const firstKeys = async () => {
    const keys = keysNow();
    loads[0]!.succeed();
    return await keys;
  };

  return { clock, loads, keysNow, firstKeys, credentials };
}

describe(cacheCredentials, () => {
  it('gives the old keys while an early refresh hangs, and starts no other', async () => {
    const { clock, loads, keysNow, firstKeys } = setup();
    await firstKeys();
    clock.advance(HOUR_MS - 60_000);

    const during = [await keysNow(), await keysNow()];
    clock.advance(59_000);
    during.push(await keysNow());

    expect(during).toEqual(['KEYS1', 'KEYS1', 'KEYS1']);
    expect(loads).toHaveLength(2);
  });

  it('gives the new keys once an early refresh has ended', async () => {
    const { clock, loads, keysNow, firstKeys } = setup();
    await firstKeys();
    clock.advance(HOUR_MS - 300_000);
    const before = await keysNow();

    loads[1]!.succeed();
    await keysNow();

    expect([before, await keysNow()]).toEqual(['KEYS1', 'KEYS2']);
    expect(loads).toHaveLength(2);
  });

  it('gives the old keys after a failed early refresh, and tries again ten seconds after it began', async () => {
    const { clock, loads, keysNow, firstKeys } = setup();
    await firstKeys();
    clock.advance(HOUR_MS - 20_000);
    await keysNow();

    loads[1]!.fail();
    const afterFailure = await keysNow();
    clock.advance(9_999);
    await keysNow();
    const loadsBefore = loads.length;
    clock.advance(1);
    await keysNow();

    expect(afterFailure).toBe('KEYS1');
    expect([loadsBefore, loads.length]).toEqual([2, 3]);
    loads[2]!.succeed();
    await keysNow();
    expect(await keysNow()).toBe('KEYS3');
  });

  it('joins an early refresh that is under way when the old keys expire meanwhile', async () => {
    const { clock, loads, keysNow, firstKeys } = setup();
    await firstKeys();
    clock.advance(HOUR_MS - 1_000);
    await keysNow();
    clock.advance(1_000);

    const waiting = [keysNow(), keysNow()];
    loads[1]!.succeed();

    expect(await Promise.all(waiting)).toEqual(['KEYS2', 'KEYS2']);
    expect(loads).toHaveLength(2);
  });

  it('does not refresh at every call when keys last less than the margin', async () => {
    const { loads, keysNow, firstKeys } = setup({ lifetimeMs: 60_000 });
    await firstKeys();
    await keysNow();
    loads[1]!.succeed();

    for (let call = 0; call < 10; call += 1) await keysNow();

    expect(loads).toHaveLength(2);
  });

  it('drops the keys that it holds when a caller forces it, for all callers', async () => {
    const { loads, keysNow, firstKeys, credentials } = setup();
    await firstKeys();

    const forced = credentials({ forceRefresh: true });
    const other = keysNow();
    loads[1]!.succeed();

    expect([(await forced).accessKeyId, await other, await keysNow()]).toEqual(['KEYS2', 'KEYS2', 'KEYS2']);
    expect(loads).toHaveLength(2);
  });

  it('gives dropped keys to nobody, though others cannot be had', async () => {
    const { loads, keysNow, firstKeys, credentials } = setup();
    await firstKeys();
    const forced = credentials({ forceRefresh: true });
    loads[1]!.fail();
    await expect(forced).rejects.toThrow('Not now.');

    const next = keysNow();
    loads[2]!.succeed();

    expect(await next).toBe('KEYS3');
  });
});
