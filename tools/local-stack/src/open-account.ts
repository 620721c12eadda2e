import { randomBytes } from 'node:crypto';

/**
 * Registers a user with a new name at a running stack, logs them in and deposits dollars such as `1000.00`, over HTTP like every client.
 *
 * @throws Error naming the request that failed, with its response.
 */
export async function openAccount({ url, deposit }: { readonly url: string; readonly deposit?: string }) {
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

/** The access token of a new session of a user. */
export async function logIn(url: string, account: { readonly username: string; readonly password: string }) {
  const { username, password } = account;
  const session = await post(`${url}/v1/auth/login`, { body: { username, password } });

  return { accessToken: (session as { accessToken: string }).accessToken };
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
