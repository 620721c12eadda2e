import { createHash } from 'node:crypto';
import { queryItems, type Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import { fromSessionItem, SESSION_PREFIX, userKey } from '@cnop/entities-user/table';
import { firstPassword } from '../first-password.ts';
import { accessFact, sessionFact, type SessionState } from '../facts/account-facts.ts';
import type { Answer, MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

const place = { looksAt: ['account', 'access'] } as const;
const begun = ['+ session rotated 0'];

/** What a token says of its session: 1 byte of format, 16 of the family, 32 of the secret that is stored as a hash. */
function answerOf(token: string, state: Pick<SessionState, 'rotations' | 'revokedFor'>): Answer {
  const bytes = Buffer.from(token, 'base64url');
  const familyId = bytes.subarray(1, 17).toString('base64url');
  const tokenHash = createHash('sha256').update(bytes.subarray(17, 49)).digest('base64url');

  return { fact: sessionFact({ familyId, tokenHash, ...state }) };
}

/**
 * No user can see whether a session was begun whose token she never got: she begins another, and that one ends unused. The matrix
 * looks for her, so as to count.
 */
const lookForSession = (database: Database, username: string) => async (): Promise<Answer | undefined> => {
  const items = queryItems(database, {
    TableName: database.tableName(usersTableShape.name),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': userKey(username).pk, ':prefix': SESSION_PREFIX },
    ConsistentRead: true,
  });
  for await (const item of items) return { fact: sessionFact(fromSessionItem(item)) };
  return undefined;
};

/** A user who has a session, and the token that is good. */
async function withSession(world: World): Promise<string> {
  await addUser(world);
  return (await world.services.sessions.createSession(world.username)).refreshToken;
}

const logIn = ({ username }: World, password: string): Scene['call'] => {
  return async ({ sessions }) => {
    const { refreshToken } = await sessions.logIn({ username, password, address: '192.0.2.1' });
    return answerOf(refreshToken, { rotations: 0 });
  };
};

const rotate = (token: string): Scene => ({
  call: async ({ sessions }) => {
    const { refreshToken, replayed } = await sessions.rotateSession(token);
    return { ...answerOf(refreshToken, { rotations: 1 }), replayed };
  },
});

/** Everything that `SessionDao` may come to. */
export const sessionRows: readonly MatrixRow[] = [
  {
    ...place,
    method: 'SessionDao.logIn',
    name: 'log in',
    identity: 'none',
    effect: begun,
    prepare: async (world) => {
      await addUser(world);
      return { call: logIn(world, firstPassword.text), look: lookForSession(world.database, world.username) };
    },
  },
  {
    ...place,
    method: 'SessionDao.logIn',
    name: 'log in with another password',
    identity: 'none',
    effect: [],
    refusal: 'CREDENTIALS_INVALID',
    prepare: async (world) => {
      await addUser(world);
      return { call: logIn(world, 'a guess') };
    },
  },
  {
    ...place,
    method: 'SessionDao.createSession',
    name: 'begin a session',
    identity: 'none',
    effect: begun,
    prepare: async (world) => {
      const { database, username } = world;
      await addUser(world);
      return {
        call: async ({ sessions }) => answerOf((await sessions.createSession(username)).refreshToken, { rotations: 0 }),
        look: lookForSession(database, username),
      };
    },
  },
  {
    ...place,
    method: 'SessionDao.rotateSession',
    name: 'go on with a session',
    identity: 'key',
    effect: ['- session rotated 0', '+ session rotated 1'],
    prepare: async (world) => rotate(await withSession(world)),
  },
  {
    ...place,
    method: 'SessionDao.rotateSession',
    name: 'go on with a session that has ended',
    identity: 'key',
    effect: [],
    refusal: 'SESSION_ENDED',
    prepare: async (world) => {
      const token = await withSession(world);
      await world.services.sessions.revokeSession(token);
      return rotate(token);
    },
  },
  {
    ...place,
    method: 'SessionDao.revokeSession',
    name: 'end a session',
    identity: 'item',
    effect: ['- session rotated 0', '+ session rotated 0 LOGOUT'],
    prepare: async (world) => {
      const token = await withSession(world);
      return {
        call: async ({ sessions }) => {
          await sessions.revokeSession(token);
          return answerOf(token, { rotations: 0, revokedFor: 'LOGOUT' });
        },
      };
    },
  },
  {
    ...place,
    method: 'SessionDao.revokeAllSessions',
    name: 'end all sessions',
    identity: 'item',
    effect: [
      '- user ACTIVE customer first.example Alice v1',
      '+ user ACTIVE customer first.example Alice v2',
      '- epoch 0 first password',
      '+ epoch 1 first password',
    ],
    prepare: async (world) => {
      const { username } = world;
      const ended = { fact: accessFact(username, { sessionEpoch: 1, passwordHash: firstPassword.hash }) };
      await withSession(world);
      return {
        call: async ({ sessions }) => {
          await sessions.revokeAllSessions(username);
          return ended;
        },
        look: async ({ users }) => ((await users.findAccess(username))?.sessionEpoch === 1 ? ended : undefined),
      };
    },
  },
];
