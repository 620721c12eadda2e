import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { createDatabase, readItem } from '@cnop/database-core';
import { fromSessionItem, sessionKey } from '@cnop/entities-user/table';
import {
  after,
  crashAfter,
  crashBefore,
  crashUnderway,
  explore,
  landLate,
  loseRequest,
  loseResponse,
  refusalOf,
  refuseConnection,
  throttle,
  conflict,
  type FaultInjector,
} from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { SessionDao } from '../../src/index.ts';
import { decodeRefreshToken } from '../../src/sessions/refresh-token.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, sessions } = store;

async function beginSession() {
  const { username } = await store.register();
  const { refreshToken } = await sessions.createSession(username);

  return { username, refreshToken };
}

async function storedSession(refreshToken: string) {
  const { username, familyId } = decodeRefreshToken(refreshToken)!;
  const key = { ...sessionKey(username, familyId) };
  const item = await readItem(database, { tableName: database.tableName('users'), key });

  return item && fromSessionItem(item);
}

describe('beginning a session', () => {
  it('takes effect once when its response is lost', async () => {
    const { username } = await store.register();
    const { http, sessions: faulty } = store.faulty();
    http.script('PutItem', loseResponse(), loseResponse());

    const { refreshToken } = await faulty.createSession(username);

    await expect(sessions.rotateSession(refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('gives no token when it is unknown whether it took effect', async () => {
    const { username } = await store.register();
    const { http, sessions: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('PutItem', late);

    const { code } = await refusalOf(faulty.createSession(username));
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(sessions.createSession(username)).resolves.toMatchObject({ replayed: false });
  });
});

describe('a rotation', () => {
  it.each([
    ['its response is lost', loseResponse()],
    ['its request is lost', loseRequest()],
    ['it is throttled', throttle()],
    ['it is in conflict', conflict()],
    ['nobody listens', refuseConnection()],
  ])('takes effect once when %s', async (_, fault) => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    http.script('UpdateItem', fault);

    const rotated = await faulty.rotateSession(refreshToken);

    expect(rotated.replayed).toBe(false);
    await expect(storedSession(refreshToken)).resolves.toMatchObject({ rotations: 1 });
    await expect(sessions.rotateSession(refreshToken)).resolves.toEqual({ ...rotated, replayed: true });
  });

  it('that lost its response is answered like the repeat that came in between', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    let repeat: unknown;
    const again = async () => (repeat = await sessions.rotateSession(refreshToken));
    http.script('UpdateItem', loseResponse(), after(again));

    const rotated = await faulty.rotateSession(refreshToken);

    expect(repeat).toEqual({ ...rotated, replayed: true });
  });

  it('that was overtaken by the same token is answered like that one', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    let first: unknown;
    const overtake = async () => (first = await sessions.rotateSession(refreshToken));
    http.script('UpdateItem', after(overtake));

    const second = await faulty.rotateSession(refreshToken);

    expect(second).toEqual({ ...(first as object), replayed: true });
  });

  it('that was overtaken by the next token too ends nothing', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    let last = { refreshToken: '' };
    const overtake = async () => {
      const { refreshToken: next } = await sessions.rotateSession(refreshToken);
      last = await sessions.rotateSession(next);
    };
    http.script('UpdateItem', after(overtake));

    const { code } = await refusalOf(faulty.rotateSession(refreshToken));

    expect(code).toBe('CONTENTION');
    await expect(sessions.rotateSession(last.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('stays unknown when its own effect may lie behind a later rotation, and ends nothing', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    let last = { refreshToken: '' };
    const goOn = async () => {
      const { refreshToken: next } = await sessions.rotateSession(refreshToken);
      last = await sessions.rotateSession(next);
    };
    http.script('UpdateItem', loseResponse(), after(goOn));

    const { code } = await refusalOf(faulty.rotateSession(refreshToken));

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(sessions.rotateSession(last.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('changes nothing when it lands after another', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('UpdateItem', late);

    const { code } = await refusalOf(faulty.rotateSession(refreshToken));
    const next = await sessions.rotateSession(refreshToken);
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(storedSession(refreshToken)).resolves.toMatchObject({ rotations: 1 });
    await expect(sessions.rotateSession(next.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('gives no token when the session ends between its read and its write', async () => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      after(() => sessions.revokeSession(refreshToken)),
    );

    const { details } = await refusalOf(faulty.rotateSession(refreshToken));

    expect(details).toEqual({ reason: 'revoked' });
  });

  it('gives a token that is good no longer when all sessions end between its read and its write', async () => {
    const { username, refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      after(() => users.suspendUser(username)),
    );

    const rotated = await faulty.rotateSession(refreshToken);

    expect(rotated.sessionEpoch).toBe(0);
    await expect(users.findAccess(username)).resolves.toMatchObject({ status: 'SUSPENDED', sessionEpoch: 1 });
    await expect(refusalOf(sessions.rotateSession(rotated.refreshToken))).resolves.toMatchObject({
      details: { reason: 'revoked' },
    });
  });

  it('of a session that DynamoDB has cleaned up makes no session', async () => {
    const { refreshToken } = await beginSession();
    const { username, familyId } = decodeRefreshToken(refreshToken)!;
    const { http, sessions: faulty } = store.faulty();
    const cleanUp = () =>
      database.writer.send(
        new DeleteCommand({ TableName: database.tableName('users'), Key: { ...sessionKey(username, familyId) } }),
      );
    http.script('UpdateItem', after(cleanUp));

    const { details } = await refusalOf(faulty.rotateSession(refreshToken));

    expect(details).toEqual({ reason: 'unknown' });
    await expect(storedSession(refreshToken)).resolves.toBeUndefined();
  });
});

describe('a process that dies while it rotates', () => {
  const clock = createManualClock(new Date());
  const open = (http: FaultInjector) => {
    const faulty = createDatabase({
      region: 'us-east-1',
      endpoint: process.env['DYNAMODB_ENDPOINT']!,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      tables: { users: database.tableName('users') },
      requestHandler: http,
      sleep: () => Promise.resolve(),
      clock,
    });
    return new SessionDao({ database: faulty });
  };

  it('never locks out the client, which repeats with the token it has', async () => {
    const exploration = await explore({
      world: beginSession,
      flow: (http, { refreshToken }) => open(http).rotateSession(refreshToken),
      recover: (http, { world }) => open(http).rotateSession(world.refreshToken),
      check: async ({ world, recovered }) => {
        expect(await storedSession(world.refreshToken)).toMatchObject({ rotations: 1 });
        await expect(sessions.rotateSession(recovered.refreshToken)).resolves.toMatchObject({ replayed: false });
        return recovered.replayed ? 'the same token' : 'a new token';
      },
      faults: [crashBefore(), crashAfter(), crashUnderway(), loseResponse(), loseRequest()],
    });

    expect(exploration.failures).toEqual([]);
    expect(exploration.rows.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['the same token', 'a new token']),
    );
  });
});

describe('ending a session', () => {
  it.each([loseResponse(), loseRequest()])('takes effect once when its exchange is disturbed', async (fault) => {
    const { refreshToken } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    http.script('UpdateItem', fault);

    await faulty.revokeSession(refreshToken);

    await expect(storedSession(refreshToken)).resolves.toMatchObject({ revokedFor: 'LOGOUT' });
  });

  it('for a reuse is tried again by the next reuse when it fails', async () => {
    const { refreshToken } = await beginSession();
    const { refreshToken: next } = await sessions.rotateSession(refreshToken);
    await sessions.rotateSession(next);
    const { http, sessions: faulty } = store.faulty({ maxAttempts: 1 });
    http.script('UpdateItem', throttle());

    const first = await refusalOf(faulty.rotateSession(refreshToken));
    const second = await refusalOf(faulty.rotateSession(refreshToken));

    expect([first.code, second.code]).toEqual(['THROTTLED', 'SESSION_ENDED']);
    await expect(storedSession(refreshToken)).resolves.toMatchObject({ revokedFor: 'REUSE' });
  });
});

describe('ending all sessions', () => {
  it('takes effect once when its response is lost', async () => {
    const { username } = await beginSession();
    const { http, sessions: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    await faulty.revokeAllSessions(username);

    await expect(users.findAccess(username)).resolves.toMatchObject({ sessionEpoch: 1 });
  });

  it('ends no later session when it lands late', async () => {
    const { username } = await beginSession();
    const { http, sessions: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('UpdateItem', late);

    const { code } = await refusalOf(faulty.revokeAllSessions(username));
    await sessions.revokeAllSessions(username);
    const { refreshToken } = await sessions.createSession(username);
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(sessions.rotateSession(refreshToken)).resolves.toMatchObject({ sessionEpoch: 1 });
  });
});
