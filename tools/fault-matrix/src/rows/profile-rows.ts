import type { UserChange } from '@cnop/dao-user';
import { userAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

type Changes = UserChange['changes'];

const place = { method: 'UserDao.updateUser', identity: 'item', looksAt: ['account', 'addresses'] } as const;

/** Changes the world's user at the version that she was read at; afterwards she is read again and compared. */
function change({ username }: World, changes: Changes, expectedVersion = 1): Scene {
  return {
    call: async ({ users }) => userAnswer(await users.updateUser({ username, expectedVersion, changes })),
    look: async ({ users }) => {
      const user = await users.getUserByUsername(username);
      const isDone = Object.entries(changes).every(([name, value]) => Reflect.get(user, name) === value);
      return isDone ? userAnswer(user) : undefined;
    },
  };
}

const withUser = (scene: (world: World) => Scene) => async (world: World) => {
  await addUser(world);
  return scene(world);
};

/** Everything that `UserDao.updateUser` may come to. */
export const profileRows: readonly MatrixRow[] = [
  {
    ...place,
    name: 'change a profile',
    effect: ['- user ACTIVE customer first.example Alice v1', '+ user ACTIVE customer first.example Alma v2'],
    prepare: withUser((world) => change(world, { firstName: 'Alma' })),
  },
  {
    ...place,
    name: 'change an address',
    effect: [
      '- address first.example',
      '- user ACTIVE customer first.example Alice v1',
      '+ address second.example',
      '+ user ACTIVE customer second.example Alice v2',
    ],
    prepare: withUser((world) => change(world, { email: world.addresses[1] })),
  },
  {
    ...place,
    name: 'change an address to a taken one',
    effect: [],
    refusal: 'EMAIL_TAKEN',
    prepare: async (world) => {
      const [first, second] = world.addresses;
      await addUser(world);
      await addUser({ ...world, username: `${world.username}-too`, addresses: [second, first] });
      return change(world, { email: second });
    },
  },
  {
    ...place,
    name: 'change a profile at an old version',
    effect: [],
    refusal: 'VERSION_CONFLICT',
    prepare: withUser((world) => ({ call: change(world, { firstName: 'Alma' }, 2).call })),
  },
];
