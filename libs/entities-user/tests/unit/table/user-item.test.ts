import fc from 'fast-check';
import { fromUserItem, toUserItem, userItemExtras, userItemSchema } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { user } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const extras = { passwordHash: '$argon2id$…', writeId: 'w-1' };
const full = toUserItem(makeUser({ phone: '+12025550123', dateOfBirth: '2000-02-29' }), extras);

describe(toUserItem, () => {
  it('writes what reads back as the same user', () => {
    fc.assert(
      fc.property(user, (user) => {
        expect(fromUserItem(throughDynamoDb(toUserItem(user, extras)))).toEqual(user);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(user, (user) => {
        const item = toUserItem(user, { ...extras, createKey: 'k', createHash: 'h', sessionEpoch: 2 });

        expect(throughToolbox(userItemSchema, item)).toEqual(item);
      }),
    );
  });

  it('keeps the username in the key alone and leaves absent fields out', () => {
    expect(toUserItem(makeUser(), extras)).toStrictEqual({
      pk: 'USER#alice',
      sk: 'PROFILE',
      schemaVersion: 1,
      email: 'alice@example.com',
      firstName: 'Alice',
      lastName: 'Liddell',
      role: 'customer',
      status: 'ACTIVE',
      marketingEmailsConsent: false,
      dataSharingConsent: false,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
      version: 1,
      passwordHash: '$argon2id$…',
      writeId: 'w-1',
    });
  });
});

describe(fromUserItem, () => {
  it('never carries the password hash, and ignores attributes it does not know', () => {
    const user = fromUserItem({ ...full, favouriteColour: 'blue' });

    expect(user).toStrictEqual(makeUser({ phone: '+12025550123', dateOfBirth: '2000-02-29' }));
    expect(Object.keys(user)).not.toContain('passwordHash');
  });

  it.each(['pk', 'email', 'firstName', 'lastName', 'role', 'status', 'marketingEmailsConsent', 'dataSharingConsent'])(
    'names the item and the attribute when %s is missing',
    (attribute) => {
      expect(() => fromUserItem(without(full, attribute))).toThrow(`Malformed user item: attribute '${attribute}'`);
    },
  );

  it.each(['createdAt', 'updatedAt', 'version'])('names the item and the attribute when %s is missing', (attribute) => {
    expect(() => fromUserItem(without(full, attribute))).toThrow(`Malformed user item: attribute '${attribute}'`);
  });

  it.each(Object.keys(full).filter((name) => !['sk', 'schemaVersion', 'passwordHash', 'writeId'].includes(name)))(
    'names the item and the attribute when %s is of another type',
    (attribute) => {
      expect(() => fromUserItem({ ...full, [attribute]: [] })).toThrow(`Malformed user item: attribute '${attribute}'`);
    },
  );

  it('refuses a role that does not exist, without repeating it', () => {
    expect(() => fromUserItem({ ...full, role: 'emperor' })).toThrow(
      /^Malformed user item: attribute 'role' is not one of its values\.$/,
    );
  });

  it('refuses the item of an email claim', () => {
    expect(() => fromUserItem({ ...full, pk: 'EMAIL#a@example.com' })).toThrow("Malformed user item: attribute 'pk'");
  });
});

describe(userItemExtras, () => {
  it('reads what the user does not show', () => {
    expect(userItemExtras(throughDynamoDb(full))).toStrictEqual(extras);
  });

  it('reads the marks of a registration with an idempotency key', () => {
    const item = toUserItem(makeUser(), { ...extras, createKey: 'k-1', createHash: 'h-1' });

    expect(userItemExtras(item)).toStrictEqual({ ...extras, createKey: 'k-1', createHash: 'h-1' });
  });

  it('reads how often all sessions were ended', () => {
    const item = toUserItem(makeUser(), { ...extras, sessionEpoch: 3 });

    expect(userItemExtras(throughDynamoDb(item))).toStrictEqual({ ...extras, sessionEpoch: 3 });
    expect(() => userItemExtras({ ...item, sessionEpoch: 'often' })).toThrow("attribute 'sessionEpoch'");
  });

  it.each(['passwordHash', 'writeId'])('names the attribute when %s is missing', (attribute) => {
    expect(() => userItemExtras(without(full, attribute))).toThrow(`Malformed user item: attribute '${attribute}'`);
  });
});
