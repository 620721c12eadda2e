import { parseOptions } from '@node-rs/argon2';
import { decoyHash, hashPassword, passwordMatches } from '../../src/passwords.ts';

describe('hashPassword', () => {
  it('takes a password that is composed otherwise for the same one', async () => {
    const [composed, decomposed] = ['caf\u00e9 au lait', 'cafe\u0301 au lait'];

    await expect(passwordMatches(await hashPassword(decomposed), composed)).resolves.toBe(true);
    await expect(passwordMatches(await hashPassword(composed), decomposed)).resolves.toBe(true);
  });

  it('still matches one that was hashed as it was typed', async () => {
    const decomposed = 'cafe\u0301 au lait';
    const { hash } = (await import('@node-rs/argon2')).default;

    await expect(passwordMatches(await hash(decomposed), decomposed)).resolves.toBe(true);
  });

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
