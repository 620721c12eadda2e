import { toUserItem } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { sharedErrors } from '@cnop/exceptions';
import { type Credentials, getSessionDao, getUserDao, profileCheck, SessionDao, UserDao } from '../../src/index.ts';
import { loginSettings } from '../../src/logins/login-policy.ts';
import { usersEntities } from '../../src/users-entities.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

describe.each([
  { get: getUserDao, dao: UserDao },
  { get: getSessionDao, dao: SessionDao },
])('$get.name', ({ get, dao }) => {
  it('gives a DAO over the database', () => {
    expect(get(openOfflineDatabase())).toBeInstanceOf(dao);
  });
});

describe('what DAOs of one database share', () => {
  it('is the declaration of the table and the slot key, made once', () => {
    const [one, other] = [openOfflineDatabase(), openOfflineDatabase()];

    expect(usersEntities(one)).toBe(usersEntities(one));
    expect(usersEntities(one)).not.toBe(usersEntities(other));
    expect(loginSettings(one)).toEqual(loginSettings(one));
    expect(loginSettings(one).slotKey).not.toBe(loginSettings(other).slotKey);
  });
});

describe(profileCheck, () => {
  const check = profileCheck(openOfflineDatabase())('ann');
  const stored = toUserItem(makeUser({ status: 'DELETED' }), { passwordHash: 'x', writeId: 'w-1' });

  it('asks for the profile of a user who is not deleted', () => {
    expect(check.write.ConditionCheck).toMatchObject({
      TableName: 'users',
      Key: { pk: 'USER#ann', sk: 'PROFILE' },
      ConditionExpression: expect.stringMatching(/^\(attribute_exists\(#c_1\)\) AND \(#c_2 <> :c_1\)$/) as string,
    });
  });

  it('tells a user who does not exist from one who is deleted', () => {
    expect(check.onConditionFailed(undefined)).toMatchObject({
      code: 'USER_NOT_FOUND',
      details: { username: 'ann' },
    });
    expect(check.onConditionFailed({ ...stored })).toMatchObject({
      code: 'USER_NOT_ACTIVE',
      details: { username: 'ann', status: 'DELETED' },
    });
  });
});

describe('UserDao', () => {
  it.each<unknown>([
    undefined,
    {},
    { username: 'ann' },
    { username: 'ann', password: 12 },
    { username: null, password: 'x' },
  ])('refuses %j as credentials', async (credentials: unknown) => {
    const users = new UserDao({ database: openOfflineDatabase() });

    await expect(users.verifyPassword(credentials as Credentials)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('SessionDao', () => {
  it.each([
    { lifetimes: { absoluteMs: 0 } },
    { lifetimes: { idleMs: 1.5 } },
    { lifetimes: { repeatMs: NaN } },
    { lifetimes: { absoluteMs: 1_000, idleMs: 1_001 } },
    { logins: { slotKey: 'too short' } },
    { logins: { policy: { freeFailures: 0 } } },
    { logins: { policy: { maxKnown: 50, maxStrangers: 51 } } },
  ])('refuses %j at once', (options) => {
    const database = openOfflineDatabase();

    expect(() => new SessionDao({ database, ...options })).toThrow(sharedErrors.ConfigurationError);
  });
});
