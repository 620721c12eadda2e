import { UserDao } from '@cnop/dao-user';
import { toUserResponse } from '@cnop/entities-user';
import {
  fromEmailClaimItem,
  fromUserItem,
  toEmailClaimItem,
  toUserItem,
  userItemExtras,
} from '@cnop/entities-user/table';
import { makeUser, makeUserCreate } from '@cnop/entities-user/testing';
import type { EntityFuzz } from '../entity-fuzz.ts';
import { exampleValues } from '../example-values.ts';

const { at, username } = exampleValues;
const user = makeUser({ phone: '+12025550123', dateOfBirth: '2000-02-29' });
const item = toUserItem(user, {
  passwordHash: '$argon2id$',
  writeId: 'w-1',
  createKey: 'k-1',
  createHash: 'h-1',
});

/** What is fuzzed of users. */
export const userFuzz: EntityFuzz = {
  library: 'entities-user',
  examples: {
    passwordChangeRequestSchema: [{ currentPassword: 'correct horse battery', newPassword: 'battery horse correct' }],
    roleSchema: ['admin'],
    userCreateSchema: [makeUserCreate({ phone: '+12025550123', dateOfBirth: '2000-02-29' })],
    userResponseSchema: [toUserResponse(user)],
    userStatusSchema: ['SUSPENDED'],
    userUpdateSchema: [{ email: 'b@example.com', phone: null, dateOfBirth: null, firstName: 'B' }],
    userSchema: [user],
  },
  readers: [
    { name: 'fromUserItem', read: fromUserItem, item },
    { name: 'userItemExtras', read: userItemExtras, item },
    {
      name: 'fromEmailClaimItem',
      read: fromEmailClaimItem,
      item: toEmailClaimItem({ email: 'a@example.com', username, createdAt: at, writeId: 'w-1' }),
    },
  ],
  dao: {
    name: 'UserDao',
    open: (database) => new UserDao({ database }),
    calls: {
      createUser: [makeUserCreate({ phone: '+12025550123' }), { role: 'admin', idempotencyKey: 'k-1' }],
      getUserByUsername: [username],
      ensureUser: [makeUserCreate(), { role: 'admin' }],
      findAccess: [username],
      suspendUser: [username],
      reinstateUser: [username],
      changePassword: [{ username, currentPassword: 'correct horse battery', newPassword: 'battery horse correct' }],
      findUserByEmail: ['ann@example.com'],
      updateUser: [{ username, expectedVersion: 1, changes: { email: 'b@example.com', phone: null } }],
      verifyPassword: [{ username, password: 'correct horse battery' }],
    },
  },
};
