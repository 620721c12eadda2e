import { unless, userAnswer } from '../answers.ts';
import { firstPassword } from '../first-password.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

const place = { method: 'UserDao.changePassword', identity: 'item', looksAt: ['account', 'access'] } as const;
const newPassword = 'correct horse battery staple';

/** Changes the password of the world's user; afterwards the new one tells. */
function change({ username }: World, currentPassword: string): Scene {
  return {
    call: async ({ users }) => userAnswer(await users.changePassword({ username, currentPassword, newPassword })),
    look: async ({ users }) => {
      const user = await unless('CREDENTIALS_INVALID', users.verifyPassword({ username, password: newPassword }));
      return user && userAnswer(user);
    },
  };
}

/** Everything that `UserDao.changePassword` may come to. */
export const passwordRows: readonly MatrixRow[] = [
  {
    ...place,
    name: 'change a password',
    effect: [
      '- user ACTIVE customer first.example Alice v1',
      '+ user ACTIVE customer first.example Alice v2',
      '- epoch 0 first password',
      '+ epoch 1 other password',
    ],
    prepare: async (world) => {
      await addUser(world);
      return change(world, firstPassword.text);
    },
  },
  {
    ...place,
    name: 'change a password that is another',
    effect: [],
    refusal: 'CREDENTIALS_INVALID',
    prepare: async (world) => {
      await addUser(world);
      return { call: change(world, 'a guess').call };
    },
  },
];
