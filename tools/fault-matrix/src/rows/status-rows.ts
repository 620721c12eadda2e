import type { UserStatus } from '@cnop/entities-user';
import { userAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

const place = { identity: 'item', looksAt: ['account', 'access'] } as const;

/** Suspends the world's user or lets her act again; afterwards she is read. */
function statusScene({ username }: World, method: 'suspendUser' | 'reinstateUser', status: UserStatus): Scene {
  return {
    call: async ({ users }) => userAnswer(await users[method](username)),
    look: async ({ users }) => {
      const user = await users.getUserByUsername(username);
      return user.status === status ? userAnswer(user) : undefined;
    },
  };
}

/** Everything that `UserDao.suspendUser` and `UserDao.reinstateUser` may come to. */
export const statusRows: readonly MatrixRow[] = [
  {
    ...place,
    method: 'UserDao.suspendUser',
    name: 'suspend a user',
    effect: [
      '- user ACTIVE customer first.example Alice v1',
      '+ user SUSPENDED customer first.example Alice v2',
      '- epoch 0 first password',
      '+ epoch 1 first password',
    ],
    prepare: async (world) => {
      await addUser(world);
      return statusScene(world, 'suspendUser', 'SUSPENDED');
    },
  },
  {
    ...place,
    method: 'UserDao.suspendUser',
    name: 'suspend a deleted user',
    effect: [],
    refusal: 'USER_NOT_ACTIVE',
    prepare: async (world) => {
      await addUser(world, 'DELETED');
      return { call: statusScene(world, 'suspendUser', 'SUSPENDED').call };
    },
  },
  {
    ...place,
    method: 'UserDao.reinstateUser',
    name: 'reinstate a user',
    effect: ['- user SUSPENDED customer first.example Alice v1', '+ user ACTIVE customer first.example Alice v2'],
    prepare: async (world) => {
      await addUser(world, 'SUSPENDED');
      return statusScene(world, 'reinstateUser', 'ACTIVE');
    },
  },
  {
    ...place,
    method: 'UserDao.reinstateUser',
    name: 'reinstate nobody',
    effect: [],
    refusal: 'USER_NOT_FOUND',
    prepare: (world) => ({ call: statusScene(world, 'reinstateUser', 'ACTIVE').call }),
  },
];
