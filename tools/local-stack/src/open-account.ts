import { randomBytes } from 'node:crypto';

/** A user of a running stack, and what they log in with. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Where the stack serves, and what to deposit, in dollars such as `1000.00`. */
export interface OpenAccountOptions {
  readonly url: string;
  readonly deposit?: string;
}

/**
 * Registers a user with a new name at a running stack, logs them in and deposits dollars, over HTTP like every client.
 *
 * @throws Error naming the request that failed, with its response.
 */
export async function openAccount({ url, deposit }: OpenAccountOptions): Promise<Account> {
  const username = `user-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(15).toString('base64url');
  const names = { firstName: 'Ada', lastName: 'Lovelace', email: `${username}@example.com` };

  await post(`${url}/v1/auth/register`, { body: { username, password, ...names } });
  const tokens = await logIn(url, { username, password });
  if (deposit !== undefined) {
    await post(`${url}/v1/deposits`, { body: { code: 'USD', amount: deposit }, ...tokens });
  }
  return { username, password, ...tokens };
}

/** The tokens of a new session of a user. */
export async function logIn(url: string, { username, password }: Pick<Account, 'username' | 'password'>) {
  const tokens = (await post(`${url}/v1/auth/login`, { body: { username, password } })) as Account;

  return { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
}

async function post(url: string, sent: { readonly body: object; readonly accessToken?: string }): Promise<unknown> {
  const { body, accessToken } = sent;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    body: JSON.stringify(body),
  });
  if (response.ok) return await response.json();

  throw new Error(`${new URL(url).pathname} returned ${response.status}: ${await response.text()}`);
}
