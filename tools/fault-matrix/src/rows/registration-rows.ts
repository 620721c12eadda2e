import { makeUserCreate } from '@cnop/entities-user/testing';
import { registrationAnswer, unless, userAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

const effect = ['+ address first.example', '+ user ACTIVE customer first.example Alice v1'];
const place = { method: 'UserDao.createUser', looksAt: ['account', 'addresses'] } as const;

/** Registers the world's user. Without a key she looks herself up afterwards. */
function registration({ username, addresses: [email] }: World, key?: string): Scene {
  const create = makeUserCreate({ username, email });
  if (key !== undefined) {
    return { call: async ({ users }) => registrationAnswer(await users.createUser(create, { idempotencyKey: key })) };
  }

  return {
    call: async ({ users }) => registrationAnswer(await users.createUser(create)),
    look: async ({ users }) => {
      const user = await unless('USER_NOT_FOUND', users.getUserByUsername(username));
      return user && registrationAnswer({ user, replayed: true });
    },
  };
}

/** Everything that `UserDao.createUser` may come to. */
export const registrationRows: readonly MatrixRow[] = [
  { ...place, name: 'register, keyed', identity: 'key', effect, prepare: (world) => registration(world, 'k-1') },
  { ...place, name: 'register, keyless', identity: 'item', effect, prepare: (world) => registration(world) },
  {
    ...place,
    method: 'UserDao.ensureUser',
    name: 'register unless she is there',
    identity: 'item',
    effect,
    prepare: ({ username, addresses: [email] }) => ({
      call: async ({ users }) => {
        const { user, created } = await users.ensureUser(makeUserCreate({ username, email }));
        return registrationAnswer({ user, replayed: !created });
      },
    }),
  },
  {
    ...place,
    method: 'UserDao.ensureUser',
    name: 'register unless there is one of another role',
    identity: 'item',
    effect: [],
    refusal: 'USERNAME_TAKEN',
    prepare: async (world) => {
      await addUser(world);
      const create = makeUserCreate({ username: world.username, email: world.addresses[0] });
      return {
        call: async ({ users }) => userAnswer((await users.ensureUser(create, { role: 'admin' })).user),
      };
    },
  },
  {
    ...place,
    name: 'register a name that is taken',
    identity: 'none',
    effect: [],
    refusal: 'USERNAME_TAKEN',
    prepare: async (world) => {
      await addUser(world);
      return { call: registration(world).call };
    },
  },
  {
    ...place,
    name: 'register under a used key',
    identity: 'key',
    effect: [],
    refusal: 'IDEMPOTENCY_KEY_REUSED',
    prepare: async (world) => {
      const { username, addresses } = world;
      await world.services.users.createUser(makeUserCreate({ username, email: addresses[1] }), {
        idempotencyKey: 'k-1',
      });
      return registration(world, 'k-1');
    },
  },
  {
    ...place,
    name: 'register an address that is taken',
    identity: 'key',
    effect: [],
    refusal: 'EMAIL_TAKEN',
    prepare: async (world) => {
      await addUser(world);
      return registration({ ...world, username: `${world.username}-too` }, 'k-1');
    },
  },
];
