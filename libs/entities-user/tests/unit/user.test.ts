import fc from 'fast-check';
import {
  Role,
  UserStatus,
  toUserResponse,
  userCreateSchema,
  userResponseSchema,
  userSchema,
  userUpdateSchema,
} from '@cnop/entities-user';
import { makeUser, makeUserCreate } from '@cnop/entities-user/testing';
import { user } from './arbitraries.ts';

describe('userSchema', () => {
  it('accepts any valid user as it is', () => {
    fc.assert(
      fc.property(user, (user) => {
        expect(userSchema.parse(user)).toEqual(user);
      }),
    );
  });

  it('refuses a password and a password hash', () => {
    expect(userSchema.safeParse({ ...makeUser(), password: 'correct horse' }).success).toBe(false);
    expect(userSchema.safeParse({ ...makeUser(), passwordHash: '$argon2id$' }).success).toBe(false);
  });

  it.each([{ role: 'emperor' }, { status: 'GONE' }, { version: 0 }, { username: 'a#b' }])('refuses %p', (wrong) => {
    expect(userSchema.safeParse({ ...makeUser(), ...wrong }).success).toBe(false);
  });

  it('knows three roles and three statuses', () => {
    expect(Object.values(Role)).toEqual(['customer', 'admin', 'price-feed', 'venue']);
    expect(Object.values(UserStatus)).toEqual(['ACTIVE', 'SUSPENDED', 'DELETED']);
  });
});

describe('userCreateSchema', () => {
  it('lower-cases names and turns consents off unless given', () => {
    const body = makeUserCreate({ marketingEmailsConsent: undefined, dataSharingConsent: undefined });

    expect(userCreateSchema.parse({ ...body, username: 'Alice', email: 'Alice@Example.com' })).toEqual(
      makeUserCreate(),
    );
  });

  it('keeps every field that is given', () => {
    const create = makeUserCreate({
      phone: '+12025550123',
      dateOfBirth: '2000-02-29',
      marketingEmailsConsent: true,
      dataSharingConsent: true,
    });

    expect(userCreateSchema.parse(create)).toEqual(create);
  });

  it.each(['role', 'status', 'version', 'passwordHash'])('refuses a body that names %s', (field) => {
    expect(userCreateSchema.safeParse({ ...makeUserCreate(), [field]: 'admin' }).success).toBe(false);
  });

  it.each(['username', 'email', 'password', 'firstName', 'lastName'])('refuses a body without %s', (field) => {
    expect(userCreateSchema.safeParse({ ...makeUserCreate(), [field]: undefined }).success).toBe(false);
  });
});

describe('userUpdateSchema', () => {
  it.each([
    { email: 'new@example.com' },
    { firstName: 'Al' },
    { phone: null },
    { dateOfBirth: null },
    { marketingEmailsConsent: false },
    { dataSharingConsent: true },
  ])('accepts %p alone', (update) => {
    expect(userUpdateSchema.parse(update)).toEqual(update);
  });

  it.each([{}, { email: undefined }])('refuses %p, which changes nothing', (update) => {
    expect(userUpdateSchema.safeParse(update).success).toBe(false);
  });

  it.each(['username', 'role', 'status', 'password'])('refuses to change %s', (field) => {
    expect(userUpdateSchema.safeParse({ firstName: 'Al', [field]: 'customer' }).success).toBe(false);
  });

  it.each(['email', 'firstName', 'lastName', 'marketingEmailsConsent'])('refuses to remove %s', (field) => {
    expect(userUpdateSchema.safeParse({ [field]: null }).success).toBe(false);
  });
});

describe(toUserResponse, () => {
  it('shows any user in the shape of its schema', () => {
    fc.assert(
      fc.property(user, (user) => {
        const response = toUserResponse(user);

        expect(response).toEqual(user);
        expect(userResponseSchema.parse(response)).toEqual(response);
      }),
    );
  });

  it('shows no field but those it names', () => {
    const user = { ...makeUser(), passwordHash: '$argon2id$' };

    expect(toUserResponse(user)).toStrictEqual(makeUser());
  });
});
