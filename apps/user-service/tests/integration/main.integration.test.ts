import { generateSigningKey } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { eventually } from '@cnop/testing';
import { userService } from '@cnop/user-service';
import { parties, password, useUserApp } from '../support/user-app.ts';
import { startMain } from '../support/start-main.ts';

const { env: tables, service, users } = useUserApp();
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  env = {
    ...tables,
    PORT: '0',
    CNOP_TOKEN_ISSUER: parties.issuer,
    CNOP_SIGNING_KEYS: JSON.stringify({ keys: [await generateSigningKey('ES256')] }),
    CNOP_ADMIN_USERNAME: 'root',
    CNOP_ADMIN_PASSWORD: password,
    CNOP_ADMIN_EMAIL: 'root@example.com',
  };
});

const logInAt = (url: string, secret = password, username = 'root') =>
  fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: secret }),
  });

describe('the command of the user service', () => {
  it('registers the first administrator, serves, ends with 0 on SIGTERM, and logs no secret', async () => {
    const main = startMain(env);
    const [, url = ''] = await main.printed(/Server listening at (http:[^"]+)"/);

    const answer = await logInAt(url);
    const { accessToken } = (await answer.json()) as { accessToken: string };
    main.kill('SIGTERM');

    expect(answer.status).toBe(200);
    expect(await users.getUserByUsername('root')).toMatchObject({ role: 'admin' });
    const { code, stdout, stderr } = await main.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const secret of [password, accessToken, 'root@example.com']) expect(stdout).not.toContain(secret);
  });

  it('names the variable that is missing in one line', async () => {
    const { code, ...output } = await startMain({ ...env, CNOP_SIGNING_KEYS: undefined }).ended;

    expect(code).toBe(1);
    expect(output).toEqual({ stdout: '', stderr: 'user-service: configuration: CNOP_SIGNING_KEYS is required\n' });
  });
});

describe('the user service, started', () => {
  const silent = () => ({ ...env, CNOP_LOG_LEVEL: 'silent' });

  it('serves until it is stopped; users who exist keep their passwords', async () => {
    const { url, stop } = await startService(userService, { ...silent(), CNOP_ADMIN_PASSWORD: 'a different password' });

    expect((await logInAt(url)).status).toBe(200);
    await stop();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('gives a deployment whose administrator is suspended another one by the environment', async () => {
    await users.updateUser({ username: 'root', changes: { status: 'ACTIVE' } });
    const back = { CNOP_ADMIN_USERNAME: 'back', CNOP_ADMIN_EMAIL: 'back@example.com' };
    const { url, stop } = await startService(userService, { ...silent(), ...back });
    await users.suspendUser('root');

    const { accessToken } = (await (await logInAt(url, password, 'back')).json()) as { accessToken: string };
    const reinstated = await fetch(`${url}/v1/users/root/reinstate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    await stop();

    expect(reinstated.status).toBe(200);
    expect(await users.getUserByUsername('root')).toMatchObject({ status: 'ACTIVE' });
  });

  it('names the variable when a stranger has the name or the address of the administrator', async () => {
    await users.createUser({
      username: 'squatter',
      password,
      email: 'squatter@example.com',
      firstName: 'S',
      lastName: 'Q',
    });

    const [name, address] = [{ CNOP_ADMIN_USERNAME: 'squatter' }, { CNOP_ADMIN_EMAIL: 'squatter@example.com' }];
    const refusal = (setting: string, rule: string, code: string) => ({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting, rule }] },
      cause: { code },
    });

    await expect(startService(userService, { ...silent(), ...name })).rejects.toMatchObject(
      refusal('CNOP_ADMIN_USERNAME', 'must not name an existing user of another role than admin', 'USERNAME_TAKEN'),
    );
    await expect(
      startService(userService, { ...silent(), CNOP_ADMIN_USERNAME: 'newcomer', ...address }),
    ).rejects.toMatchObject(
      refusal('CNOP_ADMIN_EMAIL', 'must not be the address of another user than CNOP_ADMIN_USERNAME', 'EMAIL_TAKEN'),
    );
  });

  it.each([
    ['CNOP_SIGNING_KEYS', undefined, 'is required'],
    ['CNOP_SIGNING_KEYS', '{', 'must be a JSON Web Key Set of private keys'],
    ['CNOP_SIGNING_KEYS', '{"keys":[{}]}', 'must have a kid and be of EdDSA (Ed25519) or ES256 (P-256)'],
    [
      'CNOP_SIGNING_KEYS',
      '{"keys":[{"kty":"EC","crv":"P-256","kid":"1","alg":"ES256"}]}',
      'must begin with a private key',
    ],
    [
      'CNOP_SIGNING_KEYS',
      '{"keys":[{"kty":"EC","crv":"P-256","kid":"1","alg":"ES256","x":"a","y":"b","d":"c"}]}',
      'must be keys that can sign',
    ],
    ['CNOP_ADMIN_PASSWORD', undefined, 'is required'],
    ['CNOP_SETTLEMENT', 'later', 'must be immediate or deferred'],
  ])('names the variable %s when it is %p', async (setting, value, rule) => {
    const started = startService(userService, { ...silent(), [setting]: value });

    await expect(started).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting, rule }] },
    });
  });

  it('is ready while its tables are there', async () => {
    const report = await eventually('it is ready', async () => {
      const answer = await service().inject('/health/ready');
      return answer.statusCode === 200 && answer.json<object>();
    });

    expect(report).toMatchObject({ status: 'pass' });
  });
});
