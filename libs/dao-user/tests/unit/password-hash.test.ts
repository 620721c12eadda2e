import { parseOptions } from '@node-rs/argon2';
import { decoyHash, hashPassword, passwordMatches } from '../../src/passwords.ts';

describe('hashPassword', () => {
  it('salts: two hashes of one password differ, and both match it', async () => {
    const hashes = [await hashPassword('a password'), await hashPassword('a password')];

    expect(hashes[0]).not.toBe(hashes[1]);
    for (const hash of hashes) {
      await expect(passwordMatches(hash, 'a password')).resolves.toBe(true);
      await expect(passwordMatches(hash, 'A password')).resolves.toBe(false);
    }
  });
});

describe('decoyHash', () => {
  it('costs what a real hash costs', async () => {
    const real = await hashPassword('a password');

    expect(parseOptions(decoyHash)).toEqual(parseOptions(real));
  });

  it.each(['', 'a password', 'A'.repeat(128)])('matches no password: %j', async (password) => {
    await expect(passwordMatches(decoyHash, password)).resolves.toBe(false);
  });
});
