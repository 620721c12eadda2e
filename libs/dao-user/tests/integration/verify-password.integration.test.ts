import { refusalOf } from '@cnop/testing';
import type { Credentials } from '../../src/index.ts';
import { useTestStore } from '../support/test-store.ts';
import { verificationsDuring } from '../support/verifications.ts';

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

  it('tells a suspended user who has the right password so, and nobody else', async () => {
    const { username } = await store.register();
    await users.updateUser({ username, expectedVersion: 1, changes: { status: 'SUSPENDED' } });

    const right = await answerTo({ username, password });
    const wrong = await answerTo({ username, password: `${password}.` });

    expect(right).toMatchObject({ code: 'USER_NOT_ACTIVE', details: { username, status: 'SUSPENDED' } });
    expect(wrong.code).toBe('CREDENTIALS_INVALID');
  });

  it('verifies one hash of the same cost for an unknown and an impossible name as for a wrong password', async () => {
    const { username } = await store.register();
    const verifications = (name: string) =>
      verificationsDuring(() => answerTo({ username: name, password: 'not the password' }));

    expect(await verifications(username)).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
    expect(await verifications(freshUser().username)).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
    expect(await verifications('#')).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
  });
});
