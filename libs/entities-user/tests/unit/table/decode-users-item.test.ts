import {
  administratorsKey,
  decodeUsersItem,
  familyIdOfKey,
  loginKey,
  sessionKey,
  toEmailClaimItem,
  userKey,
  usersItemKind,
} from '@cnop/entities-user/table';

const at = '2026-01-02T03:04:05.678Z';
const claim = { email: 'a@example.com', username: 'alice', createdAt: at, writeId: 'w-1' };
const familyId = 'a'.repeat(22);

describe(decodeUsersItem, () => {
  it('reads the claim on an address', () => {
    expect(decodeUsersItem(toEmailClaimItem(claim))).toEqual({ kind: 'email-claim', claim });
  });

  it('reads the attempts to log in', () => {
    const item = { ...loginKey('alice'), sources: [], strangersFreeAt: at, version: 3, schemaVersion: 1 };

    expect(decodeUsersItem(item)).toMatchObject({ kind: 'login', login: { version: 3 } });
  });

  it('reads the names of the active administrators, of whom there may be none', () => {
    const item = { ...administratorsKey, usernames: new Set(['alice', 'bob']), schemaVersion: 1 };

    expect(decodeUsersItem(item)).toEqual({
      kind: 'administrators',
      administrators: { usernames: ['alice', 'bob'] },
    });
    expect(() => decodeUsersItem({ ...administratorsKey, usernames: 'alice' })).toThrow('no set of texts');
    expect(() => decodeUsersItem({ ...administratorsKey, usernames: new Set([1]) })).toThrow('no set of texts');
    expect(decodeUsersItem(administratorsKey)).toEqual({
      kind: 'administrators',
      administrators: { usernames: [] },
    });
  });

  it.each([
    ['user', userKey('alice')],
    ['session', sessionKey('alice', familyId)],
  ])('tells a malformed %s by its key, and throws', (kind, key) => {
    expect(usersItemKind(key)).toBe(kind);
    expect(() => decodeUsersItem(key)).toThrow(`Malformed ${kind} item`);
    expect(familyIdOfKey(key.sk)).toBe(kind === 'session' ? familyId : undefined);
  });

  it.each([
    { pk: 'OTHER#alice', sk: 'PROFILE' },
    { pk: 'USER#alice', sk: 'LATER' },
    { pk: 'USER#alice', sk: 'CLAIM' },
    {},
  ])('leaves an item of a kind that it does not know: %j', (raw) => {
    expect(decodeUsersItem(raw)).toEqual({ kind: 'unknown' });
  });
});
