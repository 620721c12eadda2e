import { SessionDao } from '@cnop/dao-user';
import { fromLoginItem, fromSessionItem, loginAttributes, loginKey, toSessionItem } from '@cnop/entities-user/table';
import type { EntityFuzz } from '../entity-fuzz.ts';
import { exampleValues } from '../example-values.ts';

const { at, username } = exampleValues;
/** Of the right form: a format, a family of 16 bytes, a secret of 32, a name. */
const refreshToken = Buffer.concat([Uint8Array.of(1), Buffer.alloc(48), Buffer.from('ann')]).toString('base64url');

const session = toSessionItem({
  username: 'ann',
  familyId: 'AAAA',
  sessionEpoch: 1,
  tokenHash: 'h-2',
  previousTokenHash: 'h-1',
  successorSeed: 's-1',
  rotations: 1,
  rotatedAt: at,
  expiresAt: at,
  idleExpiresAt: at,
  revokedAt: at,
  revokedFor: 'REUSE',
  createdAt: at,
  writeId: 'w-1',
});

const login = {
  ...loginKey('ann'),
  ...loginAttributes({
    name: 'n-1',
    sources: [{ source: 's-1', failures: 2, lastAt: at, knownUntil: at }],
    strangersFreeAt: at,
    version: 3,
  }),
  version: 3,
  updatedAt: at,
  writeId: 'w-1',
  ttl: 1_767_323_045,
};

/** What is fuzzed of sessions, and of the attempts to log in. */
export const sessionFuzz: EntityFuzz = {
  library: 'entities-user',
  examples: {
    logInRequestSchema: [{ username: 'Ann', password: 'correct horse battery' }],
    refreshRequestSchema: [{ refreshToken: 'AAAA.BBBB' }],
    tokenResponseSchema: [{ accessToken: 'a.b.c', refreshToken: 'AAAA', tokenType: 'Bearer', expiresIn: 900 }],
  },
  readers: [
    { name: 'fromSessionItem', read: fromSessionItem, item: session },
    { name: 'fromLoginItem', read: fromLoginItem, item: login },
  ],
  dao: {
    name: 'SessionDao',
    open: (database) => new SessionDao({ database }),
    calls: {
      logIn: [{ username, password: 'correct horse battery', address: '192.0.2.1' }],
      createSession: [username],
      rotateSession: [refreshToken],
      revokeSession: [refreshToken],
      revokeAllSessions: [username],
    },
  },
};
