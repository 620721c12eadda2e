import { type User, type UserCreate, Role, UserStatus } from '../index.ts';

/** A valid user; the same one each time, save for what `overrides` names. */
export function makeUser(overrides: Partial<User> = {}): User {
  return {
    username: 'alice',
    email: 'alice@example.com',
    firstName: 'Alice',
    lastName: 'Liddell',
    role: Role.CUSTOMER,
    status: UserStatus.ACTIVE,
    marketingEmailsConsent: false,
    dataSharingConsent: false,
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    version: 1,
    ...overrides,
  };
}

/** A valid registration; the same one each time, save for what `overrides` names. */
export function makeUserCreate(overrides: Partial<UserCreate> = {}): UserCreate {
  return {
    username: 'alice',
    email: 'alice@example.com',
    password: 'correct horse battery staple',
    firstName: 'Alice',
    lastName: 'Liddell',
    marketingEmailsConsent: false,
    dataSharingConsent: false,
    ...overrides,
  };
}
