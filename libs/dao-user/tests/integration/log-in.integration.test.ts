import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createDatabase, meterRequests, type RawItem, readItem } from '@cnop/database-core';
import { fromLoginItem, LOGIN_SLOT_PREFIX, loginKey } from '@cnop/entities-user/table';
import {
  after,
  crashAfter,
  explore,
  type FaultInjector,
  landLate,
  loseRequest,
  loseResponse,
  refusalOf,
  runParallel,
  throttle,
} from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { SessionDao } from '../../src/index.ts';
import { loginSlotOf } from '../../src/logins/login-policy.ts';
import { useTestStore } from '../support/test-store.ts';
import { verificationsDuring } from '../support/verifications.ts';

const store = useTestStore();
const { database, users, freshUser } = store;
const { password } = freshUser();
const wrong = 'not the password';
const home = '192.0.2.1';
const slotKey = 'a key for the tests';

/** Sessions at a time that the test moves. */
function openSessions(policy = {}) {
  const clock = createManualClock(new Date());

  return { clock, ...store.faulty({ clock, maxAttempts: 10, sessionOptions: { logins: { policy, slotKey } } }) };
}

async function recordOf(username: string) {
  const item = await readItem(database, { tableName: database.tableName('users'), key: { ...loginKey(username) } });

  return item && fromLoginItem(item);
}

/** Two names that nobody has, whose attempts are counted in one place. */
function namesOfOneSlot(): [string, string] {
  const bySlot = new Map<number, string>();

  for (let index = 0; ; index += 1) {
    const name = `nobody-${index}`;
    const { slot } = loginSlotOf(name, slotKey);
    const other = bySlot.get(slot);
    if (other !== undefined) return [other, name];
    bySlot.set(slot, name);
  }
}

async function slotItems(): Promise<RawItem[]> {
  const request = {
    TableName: database.tableName('users'),
    FilterExpression: 'begins_with(pk, :slot)',
    ExpressionAttributeValues: { ':slot': LOGIN_SLOT_PREFIX },
    ConsistentRead: true,
  };
  const { Items = [] } = await database.reader.send(new ScanCommand(request));

  return Items;
}

describe('SessionDao.logIn', () => {
  it('begins a session for the right password, whatever the case of the name', async () => {
    const { sessions } = openSessions();
    const user = await store.register();

    const issued = await sessions.logIn({ username: user.username.toUpperCase(), password, address: home });

    expect(issued).toMatchObject({ user, sessionEpoch: 0, replayed: false });
    await expect(sessions.rotateSession(issued.refreshToken)).resolves.toMatchObject({ user });
    await expect(recordOf(user.username)).resolves.toMatchObject({ version: 2, sources: [{ failures: 0 }] });
  });

  it('tells a suspended user who has the right password so, and nobody else', async () => {
    const { sessions } = openSessions();
    const { username } = await store.register();
    await users.suspendUser(username);

    const right = await refusalOf(sessions.logIn({ username, password, address: home }));
    const other = await refusalOf(sessions.logIn({ username, password: wrong, address: home }));

    expect([right.code, other.code]).toEqual(['USER_NOT_ACTIVE', 'CREDENTIALS_INVALID']);
  });

  it('begins no session that is good with a password that was changed meanwhile', async () => {
    const { sessions, http } = openSessions();
    const { username } = await store.register();
    const change = () =>
      users.changePassword({ username, currentPassword: password, newPassword: 'quite another password' });
    http.script('PutItem', after(change));

    const { refreshToken } = await sessions.logIn({ username, password, address: home });

    await expect(refusalOf(sessions.rotateSession(refreshToken))).resolves.toMatchObject({
      details: { reason: 'revoked' },
    });
  });

  it('slows down one source, which the right password does not get past, and forgives it with the next success', async () => {
    const { sessions, clock } = openSessions();
    const { username } = await store.register();
    const attempt = (text: string) => sessions.logIn({ username, password: text, address: home });
    for (let count = 0; count < 7; count += 1) {
      await refusalOf(attempt(wrong));
      clock.advance(2_000);
    }

    const delayed = await refusalOf(attempt(password));
    clock.advance(2_000);
    const { user } = await attempt(password);

    expect(delayed).toMatchObject({ code: 'LOGIN_DELAYED', details: { retryAfterSeconds: 2 }, retryable: true });
    expect(user.username).toBe(username);
    await expect(recordOf(username)).resolves.toMatchObject({ sources: [{ failures: 0 }] });
  });

  it('lets the owner in at once, while strangers hammer from a hundred addresses', async () => {
    const { sessions } = openSessions({ strangersBurst: 20 });
    const { username } = await store.register();
    await sessions.logIn({ username, password, address: home });

    const codes: string[] = [];
    for (let block = 0; block < 5; block += 1) {
      const burst = await runParallel(20, (index) =>
        sessions.logIn({ username, password: wrong, address: `198.51.${block}.${index}` }),
      );
      codes.push(...burst.codes);
    }
    const { user } = await sessions.logIn({ username, password, address: home });

    expect(user.username).toBe(username);
    expect(codes).toHaveLength(100);
    expect(codes.filter((code) => code === 'CREDENTIALS_INVALID')).toHaveLength(20);
    expect(codes.filter((code) => !['CREDENTIALS_INVALID', 'LOGIN_DELAYED', 'CONTENTION'].includes(code))).toEqual([]);
  });

  it('lets the owner in from a place never seen before, while a stranger hammers from one address', async () => {
    const { sessions, clock } = openSessions();
    const { username } = await store.register();
    for (let count = 0; count < 100; count += 1) {
      await refusalOf(sessions.logIn({ username, password: wrong, address: '198.51.100.7' }));
      clock.advance(60_000);
    }

    await expect(sessions.logIn({ username, password, address: home })).resolves.toMatchObject({ replayed: false });
  });

  it('admits no more guesses at once from one address than are checked at once, and then delays for long', async () => {
    const { sessions } = openSessions({ maxChecking: 8 });
    const { username } = await store.register();

    const { codes } = await runParallel(32, () => sessions.logIn({ username, password: wrong, address: home }));
    const next = await refusalOf(sessions.logIn({ username, password, address: home }));

    const admitted = codes.filter((code) => code === 'CREDENTIALS_INVALID').length;
    expect(admitted).toBeGreaterThanOrEqual(5);
    // Five may have failed before the eighth began.
    expect(admitted).toBeLessThanOrEqual(5 + 8);
    await expect(recordOf(username)).resolves.toMatchObject({ sources: [{ failures: admitted }] });
    expect(next.code).toBe('LOGIN_DELAYED');
  });

  it.each([12, 40])('lets %i instances in that start together from one address', async (count) => {
    const { username } = await store.register();
    const logIn = () => store.sessions.logIn({ username, password, address: home });

    const { answers, codes } = await runParallel(count, logIn);

    expect(codes).toEqual([]);
    expect(answers).toHaveLength(count);
    const { sources: [source] = [] } = (await recordOf(username)) ?? {};
    expect(source).toMatchObject({ failures: 0 });
    expect(source?.checking ?? 0).toBe(0);
  });

  it('slows down names that nobody has just alike, in a fixed number of places', async () => {
    const { sessions } = openSessions();
    const [known, unknown] = [(await store.register()).username, freshUser().username];
    const answers = async (username: string, text = wrong) => {
      const codes: string[] = [];
      for (let count = 0; count < 7; count += 1) {
        const { code, details } = await refusalOf(sessions.logIn({ username, password: text, address: home }));
        codes.push(`${code} ${JSON.stringify(details)}`);
      }
      return codes;
    };

    const [ofKnown, ofUnknown, ofImpossible] = [await answers(known), await answers(unknown), await answers('USER#x')];

    expect(ofKnown.at(-1)).toBe('LOGIN_DELAYED {"retryAfterSeconds":1}');
    expect(ofUnknown).toEqual(ofKnown);
    expect(ofImpossible).toEqual(ofKnown);
    const stored = await slotItems();
    expect(stored.map(({ pk }) => pk)).toHaveLength(2);
    expect(JSON.stringify(stored)).not.toContain(unknown);
  });

  it('counts names that share a slot apart, the one before being forgotten', async () => {
    const { sessions } = openSessions({ freeFailures: 1 });
    const [one, other] = namesOfOneSlot();
    const codeFor = async (username: string) =>
      (await refusalOf(sessions.logIn({ username, password: wrong, address: home }))).code;

    const codes = [
      await codeFor(one),
      await codeFor(one),
      await codeFor(other),
      await codeFor(other),
      await codeFor(one),
    ];

    expect(codes).toEqual([
      'CREDENTIALS_INVALID',
      'LOGIN_DELAYED',
      'CREDENTIALS_INVALID',
      'LOGIN_DELAYED',
      'CREDENTIALS_INVALID',
    ]);
  });

  it('makes the same requests for a wrong password and for a name that nobody has', async () => {
    const { sessions, database: faulty } = openSessions();
    const requestsOf = async (username: string) => {
      const meter = meterRequests(faulty);
      await refusalOf(sessions.logIn({ username, password: wrong, address: home }));
      meter.stop();
      return meter.requests.map(({ target, items }) => `${target} ${items}`);
    };

    const ofKnown = await requestsOf((await store.register()).username);
    const ofUnknown = await requestsOf(freshUser().username);

    expect(ofKnown).toEqual(['BatchGetItem 3', 'UpdateItem 1', 'UpdateItem 1']);
    expect(ofUnknown).toEqual(ofKnown);
  });

  it('verifies one hash of the same cost for a name that nobody has as for a wrong password', async () => {
    const { sessions } = openSessions();
    const verifications = (username: string) =>
      verificationsDuring(() => refusalOf(sessions.logIn({ username, password: wrong, address: home })));

    expect(await verifications((await store.register()).username)).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
    expect(await verifications(freshUser().username)).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
  });

  it('takes clients without an address for one source', async () => {
    const { sessions } = openSessions({ freeFailures: 1 });
    const { username } = await store.register();
    await refusalOf(sessions.logIn({ username, password: wrong }));

    await expect(refusalOf(sessions.logIn({ username, password }))).resolves.toMatchObject({ code: 'LOGIN_DELAYED' });
    await expect(sessions.logIn({ username, password, address: 'unix:' })).resolves.toMatchObject({
      user: { username },
    });
  });
});

describe('counting an attempt', () => {
  it.each([loseRequest(), loseResponse(), throttle()])(
    'counts it once when its exchange is disturbed',
    async (fault) => {
      const { sessions, http } = openSessions();
      const { username } = await store.register();
      http.script('UpdateItem', fault);

      const { code } = await refusalOf(sessions.logIn({ username, password: wrong, address: home }));

      expect(code).toBe('CREDENTIALS_INVALID');
      await expect(recordOf(username)).resolves.toMatchObject({ version: 2, sources: [{ failures: 1 }] });
    },
  );

  it('counts it again on top of another that came in between', async () => {
    const { sessions, http } = openSessions();
    const { sessions: other } = openSessions();
    const { username } = await store.register();
    const guess = () => refusalOf(other.logIn({ username, password: wrong, address: home }));
    http.script('UpdateItem', after(guess), after(guess));

    await refusalOf(sessions.logIn({ username, password: wrong, address: home }));

    await expect(recordOf(username)).resolves.toMatchObject({ version: 6, sources: [{ failures: 3 }] });
  });

  it('looks at no password when it cannot be counted', async () => {
    const { http, sessions } = store.faulty({ maxAttempts: 1 });
    const { username } = await store.register();
    const late = landLate();
    http.script('UpdateItem', late);

    const { code } = await refusalOf(sessions.logIn({ username, password, address: home }));
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(recordOf(username)).resolves.toMatchObject({ sources: [{ failures: 0, checking: 1 }] });
  });

  it('gives up after too many others in between, and says that nothing was done', async () => {
    const { http, sessions } = store.faulty({ maxAttempts: 1 });
    const { username } = await store.register();
    const other = () => store.sessions.logIn({ username, password, address: home });
    http.script('UpdateItem', ...Array.from({ length: 10 }, () => after(other)));

    const { code, details } = await refusalOf(sessions.logIn({ username, password, address: home }));

    expect({ code, details }).toEqual({ code: 'CONTENTION', details: { attempts: 10 } });
  });

  it('counts it as failed a minute later when the process dies before it has ended', async () => {
    const { http, sessions } = openSessions();
    const { username } = await store.register();
    http.script('UpdateItem', crashAfter());

    void sessions.logIn({ username, password, address: home });
    await http.crashed;

    await expect(recordOf(username)).resolves.toMatchObject({ sources: [{ failures: 0, checking: 1 }] });
    const { sessions: next, clock } = openSessions();
    clock.advance(60_000);
    await refusalOf(next.logIn({ username, password: wrong, address: home }));
    await expect(recordOf(username)).resolves.toMatchObject({ sources: [{ failures: 2 }] });
    await expect(next.logIn({ username, password, address: home })).resolves.toMatchObject({ replayed: false });
  });

  it('lets the owner in whenever the process dies that logs them in', async () => {
    const open = (http: FaultInjector) => {
      const connection = { region: 'us-east-1', endpoint: process.env['DYNAMODB_ENDPOINT']!, requestHandler: http };
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      const tables = { users: database.tableName('users') };
      return new SessionDao({ database: createDatabase({ ...connection, credentials, tables }) });
    };
    const logIn = (http: FaultInjector, username: string) => open(http).logIn({ username, password, address: home });

    const exploration = await explore({
      world: async () => (await store.register()).username,
      flow: logIn,
      recover: (http, { world }) => logIn(http, world),
      check: async ({ world, recovered }) => {
        expect(await recordOf(world)).toMatchObject({ sources: [{ failures: 0 }] });
        await expect(store.sessions.rotateSession(recovered.refreshToken)).resolves.toMatchObject({ replayed: false });
      },
    });

    expect(exploration.failures).toEqual([]);
    expect(exploration.calls).toBe(4);
  });

  it('begins no session when its success cannot be noted, and lets the client try again', async () => {
    const { http, sessions } = store.faulty({ maxAttempts: 1 });
    const { username } = await store.register();
    await store.sessions.logIn({ username, password, address: home });
    http.script('UpdateItem', throttle());

    const { code } = await refusalOf(sessions.logIn({ username, password, address: home }));

    expect(code).toBe('THROTTLED');
    await expect(sessions.logIn({ username, password, address: home })).resolves.toMatchObject({ replayed: false });
  });
});
