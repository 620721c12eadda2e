import { createDatabase } from '@cnop/database-core';
import { ConfigurationError } from '@cnop/exceptions';
import {
  BalanceDao,
  getBalanceDao,
  getSessionDao,
  getUserDao,
  SessionDao,
  UserDao,
  type Credentials,
} from '../../src/index.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

describe.each([
  { get: getUserDao, dao: UserDao },
  { get: getBalanceDao, dao: BalanceDao },
  { get: getSessionDao, dao: SessionDao },
])('$get.name', ({ get, dao }) => {
  it('gives one instance per database', () => {
    const [one, other] = [openOfflineDatabase(), openOfflineDatabase()];

    const first = get(one);

    expect(first).toBeInstanceOf(dao);
    expect(get(one)).toBe(first);
    expect(get(other)).not.toBe(first);
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

describe('BalanceDao', () => {
  it.each(['usd', 'BTC', 'XAU', ''])('refuses at once to register %j as a currency', (code) => {
    const database = openOfflineDatabase();

    expect(() => new BalanceDao({ database, currencies: ['EUR', code] })).toThrow(ConfigurationError);
  });

  it('refuses at once a database without the users table', () => {
    const database = createDatabase({ region: 'us-east-1', tables: {} });

    expect(() => new BalanceDao({ database })).toThrow(ConfigurationError);
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

    expect(() => new SessionDao({ database, ...options })).toThrow(ConfigurationError);
  });
});
