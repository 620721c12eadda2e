import { performance } from 'node:perf_hooks';
import { refusalOf } from '@cnop/testing';
import type { Credentials } from '../../src/index.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { users, freshUser } = store;
const { password } = freshUser();

async function answerTo(credentials: Credentials) {
  const { code, message, details, retryable } = await refusalOf(users.verifyPassword(credentials));

  return { code, message, details, retryable };
}

describe('UserDao.verifyPassword', () => {
  it('gives the user whose password it is, whatever the case of the name', async () => {
    const user = await store.register();

    await expect(users.verifyPassword({ username: user.username, password })).resolves.toEqual(user);
    await expect(users.verifyPassword({ username: user.username.toUpperCase(), password })).resolves.toEqual(user);
  });

  it('gives a wrong password, an unknown, a deleted and an impossible name the same answer', async () => {
    const { username } = await store.register();
    const deleted = await store.register();
    await users.updateUser({ username: deleted.username, expectedVersion: 1, changes: { status: 'DELETED' } });

    const answers = [
      await answerTo({ username, password: `${password}.` }),
      await answerTo({ username, password: '' }),
      await answerTo({ username: freshUser().username, password }),
      await answerTo({ username: deleted.username, password }),
      await answerTo({ username: 'USER#x', password }),
      await answerTo({ username: '', password }),
    ];

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'CREDENTIALS_INVALID', details: {} });
  });

  it('tells a suspended user with the right password that she is suspended, and nobody else', async () => {
    const { username } = await store.register();
    await users.updateUser({ username, expectedVersion: 1, changes: { status: 'SUSPENDED' } });

    const right = await answerTo({ username, password });
    const wrong = await answerTo({ username, password: `${password}.` });

    expect(right).toMatchObject({ code: 'USER_NOT_ACTIVE', details: { username, status: 'SUSPENDED' } });
    expect(wrong.code).toBe('CREDENTIALS_INVALID');
  });

  it('works as long for an unknown and an impossible name as for a wrong password', async () => {
    const { username } = await store.register();
    const names = { known: username, unknown: freshUser().username, impossible: '#' };
    const times = { known: [] as number[], unknown: [] as number[], impossible: [] as number[] };

    for (let round = 0; round < 9; round += 1) {
      for (const kind of ['unknown', 'known', 'impossible'] as const) {
        const start = performance.now();
        await answerTo({ username: names[kind], password: 'not the password' });
        times[kind].push(performance.now() - start);
      }
    }

    // The least of each: what else the machine does only adds to it. Without the decoy's argon2 the ratio is below 1/10.
    expect(Math.min(...times.unknown) / Math.min(...times.known)).toBeGreaterThan(0.4);
    expect(Math.min(...times.impossible) / Math.min(...times.known)).toBeGreaterThan(0.4);
  });
});
