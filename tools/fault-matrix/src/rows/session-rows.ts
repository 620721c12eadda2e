import { createHash } from 'node:crypto';
import { accessFact, factOf, userFacts } from '../facts.ts';
import { rows, type MatrixRow } from '../row.ts';
import { addUser, firstPassword, inTurn, type World } from '../world.ts';

/** What a token tells of its session: 1 byte of format, 16 of the family, 32 of the secret that is stored as a hash. */
function sessionOf(token: string, rotations: number, revokedFor?: 'LOGOUT') {
  const bytes = Buffer.from(token, 'base64url');
  const familyId = bytes.subarray(1, 17).toString('base64url');
  const tokenHash = createHash('sha256').update(bytes.subarray(17, 49)).digest('base64url');

  return { fact: factOf({ familyId, tokenHash, rotations, revokedFor }) };
}

/**
 * A user cannot see whether a session began whose token they never received: they begin another, and that one ends unused. The
 * matrix looks in their place, in order to count.
 */
async function findSession(world: World) {
  const fact = (await userFacts(world)).find(({ line }) => line.startsWith('session'));
  return fact && { fact };
}

/** A user with a session; its valid token. */
const withSession = inTurn(
  addUser,
  async ({ sessions, username }) => (await sessions.createSession(username)).refreshToken,
);
const withEnded = inTurn(withSession, ({ sessions, given }) => sessions.revokeSession(given));

const logIn =
  (password: string) =>
  async ({ sessions, username }: World) =>
    sessionOf((await sessions.logIn({ username, password, address: '192.0.2.1' })).refreshToken, 0);

async function rotate({ sessions, given }: World) {
  const { refreshToken, replayed } = await sessions.rotateSession(given);
  return { ...sessionOf(refreshToken, 1), replayed };
}

async function revoke({ sessions, given }: World) {
  await sessions.revokeSession(given);
  return sessionOf(given, 0, 'LOGOUT');
}

const allEnded = ({ username }: World) => ({ fact: accessFact(username, 1, firstPassword.hash) });

/** Everything that `SessionDao` may come to. */
export const sessionRows: readonly MatrixRow[] = rows({
  'log in': {
    identity: 'none',
    before: addUser,
    call: logIn(firstPassword.text),
    look: findSession,
    effect: ['+ session rotated 0'],
  },
  'log in with another password': {
    identity: 'none',
    before: addUser,
    call: logIn('a guess'),
    refusal: 'CREDENTIALS_INVALID',
  },
  'begin a session': {
    identity: 'none',
    before: addUser,
    call: async ({ sessions, username }) => sessionOf((await sessions.createSession(username)).refreshToken, 0),
    look: findSession,
    effect: ['+ session rotated 0'],
  },
  'go on with a session': { identity: 'key', before: withSession, call: rotate, effect: ['~ session rotated 1'] },
  'go on with an ended session': { identity: 'key', before: withEnded, call: rotate, refusal: 'SESSION_ENDED' },
  'end a session': { before: withSession, call: revoke, effect: ['~ session rotated 0 LOGOUT'] },
  'end all sessions': {
    before: withSession,
    call: async (world) => {
      await world.sessions.revokeAllSessions(world.username);
      return allEnded(world);
    },
    look: async (world) =>
      (await world.users.findAccess(world.username))?.sessionEpoch === 1 ? allEnded(world) : undefined,
    effect: ['~ user ACTIVE customer first.example Alice v2', '~ epoch 1 first password'],
  },
});
