import fc, { type Arbitrary } from 'fast-check';
import {
  BALANCE_PREFIX,
  CLAIM_PREFIX,
  EMAIL_CLAIM_SORT_KEY,
  EMAIL_PREFIX,
  type ItemKey,
  LOGIN_SLOT_PREFIX,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  SESSION_PREFIX,
  TRANSACTION_PREFIX,
  USER_PREFIX,
  balanceKey,
  claimKey,
  claimOfKey,
  codeOfKey,
  emailKey,
  emailOfKey,
  familyIdOfKey,
  loginKey,
  loginSlotKey,
  sessionKey,
  transactionIdOfKey,
  transactionKey,
  userKey,
  usernameOfKey,
} from '@cnop/entities-user/table';
import { code, email, idempotencyKey, transactionId, username } from '../arbitraries.ts';

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
  fc.tuple(username, code).map((parts) => ({ kind: 'balance', parts, key: balanceKey(...parts) })),
  fc.tuple(username, transactionId).map((parts) => ({ kind: 'transaction', parts, key: transactionKey(...parts) })),
  fc.tuple(username, username, idempotencyKey).map((parts) => ({ kind: 'claim', parts, key: claimKey(...parts) })),
);

/** What all parsers together find in a key. */
function parse({ pk, sk }: ItemKey) {
  return {
    username: usernameOfKey(pk),
    email: emailOfKey(pk),
    code: codeOfKey(sk),
    transactionId: transactionIdOfKey(sk),
    claim: claimOfKey(sk),
    familyId: familyIdOfKey(sk),
  };
}

describe('keys of the users table', () => {
  it('are as the data model says', () => {
    expect(userKey('alice')).toEqual({ pk: 'USER#alice', sk: 'PROFILE' });
    expect(emailKey('a@example.com')).toEqual({ pk: 'EMAIL#a@example.com', sk: 'CLAIM' });
    expect(balanceKey('alice', 'USD')).toEqual({ pk: 'USER#alice', sk: 'BALANCE#USD' });
    expect(transactionKey('alice', '01J')).toEqual({ pk: 'USER#alice', sk: 'TXN#01J' });
    expect(claimKey('alice', 'root', 'k#1')).toEqual({ pk: 'USER#alice', sk: 'KEY#root#k#1' });
    expect(sessionKey('alice', 'f-1')).toEqual({ pk: 'USER#alice', sk: 'SESSION#f-1' });
    expect(loginKey('alice')).toEqual({ pk: 'USER#alice', sk: 'LOGIN' });
    expect(loginSlotKey(7)).toEqual({ pk: 'LOGIN#7', sk: 'LOGIN' });
  });

  it('begin with the prefixes that a query or a scan tells them apart by', () => {
    expect(userKey('alice')).toEqual({ pk: `${USER_PREFIX}alice`, sk: PROFILE_SORT_KEY });
    expect(emailKey('a@example.com')).toEqual({ pk: `${EMAIL_PREFIX}a@example.com`, sk: EMAIL_CLAIM_SORT_KEY });
    expect(balanceKey('alice', 'USD').sk).toBe(`${BALANCE_PREFIX}USD`);
    expect(transactionKey('alice', '01J').sk).toBe(`${TRANSACTION_PREFIX}01J`);
    expect(claimKey('alice', 'root', 'k').sk).toBe(`${CLAIM_PREFIX}root#k`);
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

  it('differ for neighbouring claims, where actor and key meet', () => {
    fc.assert(
      fc.property(
        fc.tuple(username, idempotencyKey),
        fc.tuple(username, idempotencyKey),
        ([actor, key], [otherActor, otherKey]) => {
          const same = actor === otherActor && key === otherKey;

          expect(claimKey('alice', actor, key).sk === claimKey('alice', otherActor, otherKey).sk).toBe(same);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('parse as their own kind, back to their parts, and as no other', () => {
    fc.assert(
      fc.property(anyKey, ({ kind, parts, key }) => {
        const nothing = {
          username: undefined,
          email: undefined,
          code: undefined,
          transactionId: undefined,
          claim: undefined,
          familyId: undefined,
        };
        const [first, second, third] = parts;
        const expected: Record<string, object> = {
          session: { ...nothing, username: first, familyId: second },
          login: { ...nothing, username: first },
          slot: nothing,
          user: { ...nothing, username: first },
          email: { ...nothing, email: first },
          balance: { ...nothing, username: first, code: second },
          transaction: { ...nothing, username: first, transactionId: second },
          claim: { ...nothing, username: first, claim: { actor: second, key: third } },
        };

        expect(parse(key)).toEqual(expected[kind]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep within what DynamoDB allows when every part is as long as it may be', () => {
    const name = 'n'.repeat(30);
    const { pk, sk } = claimKey(name, name, '#'.repeat(64));

    expect(pk.length).toBeLessThanOrEqual(2_048);
    expect(sk.length).toBeLessThanOrEqual(1_024);
    expect(emailKey('e'.repeat(254)).pk.length).toBeLessThanOrEqual(2_048);
  });

  it.each(['', 'USER#', 'user#alice', 'ORDER#1'])('finds no user in the partition key "%s"', (pk) => {
    expect(usernameOfKey(pk)).toBeUndefined();
  });

  it.each(['', 'KEY#', 'KEY#root', 'KEY#root#', 'KEY##key', 'PROFILE'])('finds no claim in the sort key "%s"', (sk) => {
    expect(claimOfKey(sk)).toBeUndefined();
  });
});
