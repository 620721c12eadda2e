import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  decodeRefreshToken,
  encodeRefreshToken,
  familyIdOf,
  hashSecret,
  successorOf,
  type RefreshToken,
} from '../../../src/sessions/refresh-token.ts';

const anyToken: fc.Arbitrary<RefreshToken> = fc.record({
  username: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{2,29}$/),
  familyId: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => familyIdOf(() => bytes)),
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});
const secret = Buffer.alloc(32, 7);
const token = encodeRefreshToken({ username: 'alice', familyId: familyIdOf(randomBytes), secret });

describe('a refresh token', () => {
  it('reads back as what it was made of, and is never longer than 106 characters of base64url', () => {
    fc.assert(
      fc.property(anyToken, (each) => {
        const text = encodeRefreshToken(each);

        expect(text).toMatch(/^[\w-]{69,106}$/);
        expect(decodeRefreshToken(text)).toEqual({ ...each, secret: Buffer.from(each.secret) });
      }),
    );
  });

  it('is read only in the one text that it was made as', () => {
    fc.assert(
      fc.property(
        anyToken,
        fc.nat(),
        fc.constantFrom('', '=', 'A', ' ', '\n', '+', '/', 'é'),
        (each, place, inserted) => {
          const text = encodeRefreshToken(each);
          const at = place % (text.length + 1);
          const changed = text.slice(0, at) + inserted + text.slice(at);
          const read = decodeRefreshToken(changed);

          expect(read === undefined || encodeRefreshToken(read) === changed).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['nothing', ''],
    ['a foreign text', 'Bearer abc'],
    ['a token cut short', token.slice(0, 60)],
    [
      'a token of another format',
      Buffer.concat([Uint8Array.of(2), Buffer.from(token, 'base64url').subarray(1)]).toString('base64url'),
    ],
    ['a name in upper case', encodeRefreshToken({ username: 'Alice', familyId: familyIdOf(randomBytes), secret })],
    ['a name that forges a key', encodeRefreshToken({ username: 'a#b', familyId: familyIdOf(randomBytes), secret })],
    [
      'a name that is too long',
      encodeRefreshToken({ username: 'a'.repeat(31), familyId: familyIdOf(randomBytes), secret }),
    ],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('is not read from %s', (_, text) => {
    expect(decodeRefreshToken(text)).toBeUndefined();
  });
});

describe(successorOf, () => {
  it('gives the same successor for the same token and seed, and another for any other', () => {
    const [seed, other] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];

    const successor = successorOf(secret, seed);

    expect(successor).toHaveLength(32);
    expect(successorOf(secret, seed)).toEqual(successor);
    expect(successorOf(secret, other)).not.toEqual(successor);
    expect(successorOf(Buffer.alloc(32, 8), seed)).not.toEqual(successor);
  });
});

describe(hashSecret, () => {
  it('is SHA-256 in base64url', () => {
    expect(hashSecret(Buffer.from('abc'))).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});
