import { makeUserCreate } from '@cnop/entities-user/testing';
import { ifChanged, rows, unless, type MatrixRow } from '../row.ts';
import { addUser, firstPassword, inTurn, type World } from '../world.ts';

/** Registers the world's user, or another one under the same address. */
const register =
  (idempotencyKey?: string, suffix = '') =>
  ({ users, username, emails: [email] }: World) =>
    users.createUser(
      makeUserCreate({ username: `${username}${suffix}`, email }),
      idempotencyKey === undefined ? {} : { idempotencyKey },
    );

const registerAtSecondAddress = ({ users, username, emails: [, email] }: World) =>
  users.createUser(makeUserCreate({ username, email }), { idempotencyKey: 'k-1' });

const ensure =
  (role?: 'admin') =>
  ({ users, username, emails: [email] }: World) =>
    users.ensureUser(makeUserCreate({ username, email }), role ? { role } : {});

const rename =
  (expectedVersion: number) =>
  ({ users, username }: World) =>
    users.updateUser({ username, expectedVersion, changes: { firstName: 'Alma' } });

const changeEmail = ({ users, username, emails: [, email] }: World) =>
  users.updateUser({ username, expectedVersion: 1, changes: { email } });

const lookForChange =
  (changesOf: (world: World) => object): MatrixRow['look'] =>
  async (world) =>
    ifChanged(await world.users.getUserByUsername(world.username), changesOf(world));

const withTakenEmail = inTurn(addUser, (world) => {
  const [first, second] = world.emails;
  return addUser({ ...world, username: `${world.username}-too`, emails: [second, first] });
});

const addDeleted = (world: World) => addUser(world, 'DELETED');
const suspend = ({ users, username }: World) => users.suspendUser(username);
const reinstate = ({ users, username }: World) => users.reinstateUser(username);

const newPassword = 'correct horse battery staple';
const changePassword =
  (currentPassword: string) =>
  ({ users, username }: World) =>
    users.changePassword({ username, currentPassword, newPassword });

const registered = [
  '+ address first.example',
  '+ user ACTIVE customer first.example Alice v1',
  '+ epoch 0 other password',
];

/** Everything that the writing methods of `UserDao` may come to. */
export const userRows: readonly MatrixRow[] = rows({
  'register, keyed': { identity: 'key', call: register('k-1'), effect: registered },
  'register, keyless': {
    call: register(),
    look: ({ users, username }) => unless('USER_NOT_FOUND', users.getUserByUsername(username)),
    effect: registered,
  },
  'register a name that is taken': { identity: 'none', before: addUser, call: register(), refusal: 'USERNAME_TAKEN' },
  'register under a used key': {
    identity: 'key',
    before: registerAtSecondAddress,
    call: register('k-1'),
    refusal: 'IDEMPOTENCY_KEY_REUSED',
  },
  'register an address that is taken': {
    identity: 'key',
    before: addUser,
    call: register('k-1', '-too'),
    refusal: 'EMAIL_TAKEN',
  },
  'register unless registered': { call: ensure(), effect: registered },
  'register unless registered with another role': { before: addUser, call: ensure('admin'), refusal: 'USERNAME_TAKEN' },
  'change a profile': {
    before: addUser,
    call: rename(1),
    look: lookForChange(() => ({ firstName: 'Alma' })),
    effect: ['~ user ACTIVE customer first.example Alma v2'],
  },
  'change a profile at an old version': { before: addUser, call: rename(2), refusal: 'VERSION_CONFLICT' },
  'change an address': {
    before: addUser,
    call: changeEmail,
    look: lookForChange(({ emails: [, email] }) => ({ email })),
    effect: ['~ address second.example', '~ user ACTIVE customer second.example Alice v2'],
  },
  'change an address to a taken one': { before: withTakenEmail, call: changeEmail, refusal: 'EMAIL_TAKEN' },
  'suspend a user': {
    before: addUser,
    call: suspend,
    look: lookForChange(() => ({ status: 'SUSPENDED' })),
    effect: ['~ user SUSPENDED customer first.example Alice v2', '~ epoch 1 first password'],
  },
  'suspend a deleted user': { before: addDeleted, call: suspend, refusal: 'USER_NOT_ACTIVE' },
  'reinstate a user': {
    before: (world) => addUser(world, 'SUSPENDED'),
    call: reinstate,
    look: lookForChange(() => ({ status: 'ACTIVE' })),
    effect: ['~ user ACTIVE customer first.example Alice v2'],
  },
  'reinstate an unknown user': { call: reinstate, refusal: 'USER_NOT_FOUND' },
  'change a password': {
    before: addUser,
    call: changePassword(firstPassword.text),
    look: ({ users, username }) =>
      unless('CREDENTIALS_INVALID', users.verifyPassword({ username, password: newPassword })),
    effect: ['~ user ACTIVE customer first.example Alice v2', '~ epoch 1 other password'],
  },
  'change a password without knowing it': {
    before: addUser,
    call: changePassword('a guess'),
    refusal: 'CREDENTIALS_INVALID',
  },
});
