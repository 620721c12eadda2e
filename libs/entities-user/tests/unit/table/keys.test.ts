import fc, { type Arbitrary } from 'fast-check';
import type { ItemKey } from '@cnop/stored-items';
import {
  EMAIL_CLAIM_SORT_KEY,
  EMAIL_PREFIX,
  LOGIN_SLOT_PREFIX,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  SESSION_PREFIX,
  USER_PREFIX,
  emailKey,
  emailOfKey,
  familyIdOfKey,
  loginKey,
  loginSlotKey,
  sessionKey,
  userKey,
  usernameOfKey,
} from '@cnop/entities-user/table';
import { email, username } from '../arbitraries.ts';

interface Named {
  kind: string;
  parts: string[];
  key: ItemKey;
}

const familyId = fc.stringMatching(/^[ab_-]{1,3}$/);

const anyKey: Arbitrary<Named> = fc.oneof(
  fc.tuple(username, familyId).map((parts) => ({ kind: 'session', parts, key: sessionKey(...parts) })),
  username.map((name) => ({ kind: 'login', parts: [name], key: loginKey(name) })),
  fc.nat(3).map((slot) => ({ kind: 'slot', parts: [String(slot)], key: loginSlotKey(slot) })),
  username.map((name) => ({ kind: 'user', parts: [name], key: userKey(name) })),
  email.map((address) => ({ kind: 'email', parts: [address], key: emailKey(address) })),
);

/** What all parsers together find in a key. */
function parse({ pk, sk }: ItemKey) {
  return { username: usernameOfKey(pk), email: emailOfKey(pk), familyId: familyIdOfKey(sk) };
}

describe('keys of the users table', () => {
  it('are as the data model says', () => {
    expect(userKey('alice')).toEqual({ pk: 'USER#alice', sk: 'PROFILE' });
    expect(emailKey('a@example.com')).toEqual({ pk: 'EMAIL#a@example.com', sk: 'CLAIM' });
    expect(sessionKey('alice', 'f-1')).toEqual({ pk: 'USER#alice', sk: 'SESSION#f-1' });
    expect(loginKey('alice')).toEqual({ pk: 'USER#alice', sk: 'LOGIN' });
    expect(loginSlotKey(7)).toEqual({ pk: 'LOGIN#7', sk: 'LOGIN' });
  });

  it('begin with the prefixes that a query or a scan tells them apart by', () => {
    expect(userKey('alice')).toEqual({ pk: `${USER_PREFIX}alice`, sk: PROFILE_SORT_KEY });
    expect(emailKey('a@example.com')).toEqual({ pk: `${EMAIL_PREFIX}a@example.com`, sk: EMAIL_CLAIM_SORT_KEY });
    expect(sessionKey('alice', 'f-1').sk).toBe(`${SESSION_PREFIX}f-1`);
    expect(loginKey('alice').sk).toBe(LOGIN_SORT_KEY);
    expect(loginSlotKey(7).pk).toBe(`${LOGIN_SLOT_PREFIX}7`);
  });

  it('differ whenever what they are of differs, whatever validation lets through', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        const same = one.kind === other.kind && one.parts.join('\n') === other.parts.join('\n');

        expect(one.key.pk === other.key.pk && one.key.sk === other.key.sk).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it('parse as their own kind, back to their parts, and as no other', () => {
    fc.assert(
      fc.property(anyKey, ({ kind, parts, key }) => {
        const nothing = { username: undefined, email: undefined, familyId: undefined };
        const [first, second] = parts;
        const expected: Record<string, object> = {
          session: { ...nothing, username: first, familyId: second },
          login: { ...nothing, username: first },
          slot: nothing,
          user: { ...nothing, username: first },
          email: { ...nothing, email: first },
        };

        expect(parse(key)).toEqual(expected[kind]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep within what DynamoDB allows when every part is as long as it may be', () => {
    expect(emailKey('e'.repeat(254)).pk.length).toBeLessThanOrEqual(2_048);
  });

  it.each(['', 'USER#', 'user#alice', 'ORDER#1'])('finds no user in the partition key "%s"', (pk) => {
    expect(usernameOfKey(pk)).toBeUndefined();
  });
});
