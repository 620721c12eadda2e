import type { UserAccess } from '@cnop/entities-user';
import { createManualClock } from '@cnop/utils';
import { createAccessCheck, type AccessCheckOptions } from '../../src/access.ts';

const claims = { username: 'alice', role: 'customer', sessionEpoch: 1 } as const;

function setup(options: Partial<AccessCheckOptions> = {}) {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const stored: { access: UserAccess | undefined } = {
    access: { role: 'customer', status: 'ACTIVE', sessionEpoch: 1 },
  };
  const findAccess = jest.fn<Promise<UserAccess | undefined>, [username: string, sessionId?: string]>(async () => {
    await new Promise(setImmediate);
    return stored.access;
  });

  return { clock, stored, findAccess, access: createAccessCheck({ reader: { clock, findAccess }, ...options }) };
}

describe(createAccessCheck, () => {
  it('lets an active user act, of the same role and epoch', async () => {
    const { access } = setup();

    await expect(access.isActive(claims)).resolves.toBe(true);
  });

  it.each<[string, UserAccess | undefined]>([
    ['nobody', undefined],
    ['a suspended user', { role: 'customer', status: 'SUSPENDED', sessionEpoch: 1 }],
    ['a deleted user', { role: 'customer', status: 'DELETED', sessionEpoch: 1 }],
    ['a user of another role', { role: 'admin', status: 'ACTIVE', sessionEpoch: 1 }],
    ['a user whose sessions were ended', { role: 'customer', status: 'ACTIVE', sessionEpoch: 2 }],
    ['a session that has ended', { role: 'customer', status: 'ACTIVE', sessionEpoch: 1, sessionEnded: true }],
  ])('stops %s', async (_, changed) => {
    const { access, stored } = setup();
    stored.access = changed;

    await expect(access.isActive(claims)).resolves.toBe(false);
  });

  it.each(['a|b', 'auth0|64f1c2d3', '', 'x'.repeat(500)])(
    'stops %j, which can be no username, and reads nothing',
    async (username) => {
      const { access, findAccess } = setup();

      await expect(access.isActive({ ...claims, username })).resolves.toBe(false);
      expect(findAccess).not.toHaveBeenCalled();
    },
  );

  it.each(['', 'a b', 'x'.repeat(65), {}])(
    'stops %j, which can be no session, and reads nothing',
    async (sessionId) => {
      const { access, findAccess } = setup();

      await expect(access.isActive({ ...claims, sessionId: sessionId as string })).resolves.toBe(false);
      expect(findAccess).not.toHaveBeenCalled();
    },
  );

  it('notices a change within its cache time, and reads once for all requests until then', async () => {
    const { access, stored, clock, findAccess } = setup({ cacheTtlMs: 500 });
    await Promise.all(Array.from({ length: 20 }, () => access.isActive(claims)));
    stored.access = { ...stored.access!, status: 'SUSPENDED' };

    clock.advance(500);
    const before = await access.isActive(claims);
    clock.advance(1);
    const after = await access.isActive(claims);

    expect([before, after]).toEqual([true, false]);
    expect(findAccess.mock.calls).toEqual([['alice'], ['alice']]);
  });

  it('asks once for each session of a user, and for none where none is named', async () => {
    const { access, findAccess } = setup();

    for (const sessionId of ['one', 'two', 'one', undefined]) await access.isActive({ ...claims, sessionId });

    expect(findAccess.mock.calls).toEqual([['alice', 'one'], ['alice', 'two'], ['alice']]);
  });

  it('counts its cache time from the beginning of a slow read', async () => {
    const { access, clock, findAccess } = setup({ cacheTtlMs: 500 });
    findAccess.mockImplementationOnce(() => {
      clock.advance(400);
      return Promise.resolve({ role: 'customer', status: 'ACTIVE', sessionEpoch: 1 });
    });
    findAccess.mockImplementationOnce(() => {
      clock.advance(5_000);
      return Promise.resolve({ role: 'customer', status: 'ACTIVE', sessionEpoch: 1 });
    });
    const reads: number[] = [];

    for (const advance of [0, 100, 1, 1, 2]) {
      clock.advance(advance);
      await access.isActive(claims);
      reads.push(findAccess.mock.calls.length);
    }

    expect(reads).toEqual([1, 1, 2, 2, 3]);
  });

  it('reads once for nobody too', async () => {
    const { access, stored, findAccess } = setup();
    stored.access = undefined;

    await access.isActive(claims);
    await access.isActive(claims);

    expect(findAccess).toHaveBeenCalledTimes(1);
  });

  it('keeps nothing from before its clock was set back', async () => {
    const { access, clock, findAccess } = setup();
    await access.isActive(claims);

    clock.advance(-3_600_000);
    await access.isActive(claims);
    await access.isActive(claims);

    expect(findAccess).toHaveBeenCalledTimes(2);
  });

  it('keeps at most that number of users, and no failed read', async () => {
    const { access, findAccess } = setup({ maxUsers: 1 });
    findAccess.mockRejectedValueOnce(new Error('lost'));

    await expect(access.isActive(claims)).rejects.toThrow('lost');
    for (const username of ['alice', 'bob', 'alice']) await access.isActive({ ...claims, username });

    expect(findAccess.mock.calls.flat()).toEqual(['alice', 'alice', 'bob', 'alice']);
  });

  it('reads each time when the cache time is 0', async () => {
    const { access, findAccess } = setup({ cacheTtlMs: 0 });

    await access.isActive(claims);
    await access.isActive(claims);

    expect(findAccess).toHaveBeenCalledTimes(2);
  });

  it.each([{ cacheTtlMs: -1 }, { cacheTtlMs: 0.5 }, { maxUsers: 0 }, { maxUsers: NaN }])('refuses %p', (options) => {
    expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error);
  });
});
