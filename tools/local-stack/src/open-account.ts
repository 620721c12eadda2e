import { randomBytes } from 'node:crypto';

/** A user of a running stack, and what she needs to use it. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Who is to be registered. */
export interface OpenAccountOptions {
  /** Where the stack serves. */
  readonly url: string;
  /** In dollars, such as `1000.00`. Default: nothing. */
  readonly deposit?: string;
}

/**
 * Registers a user with a name of her own at a running stack, logs her in and deposits dollars, all over HTTP like every client.
 *
 * @throws Error naming the answer that was not the one that was due.
 */
export async function openAccount({ url, deposit }: OpenAccountOptions): Promise<Account> {
  const username = `user-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(15).toString('base64url');
  const names = { firstName: 'Ada', lastName: 'Lovelace' };

  await post(`${url}/v1/auth/register`, { body: { username, password, email: `${username}@example.com`, ...names } });
  const tokens = await post<Tokens>(`${url}/v1/auth/login`, { body: { username, password } });
  const { accessToken, refreshToken } = tokens;
  if (deposit !== undefined) {
    await post(`${url}/v1/deposits`, { body: { code: 'USD', amount: deposit }, accessToken });
  }
  return { username, password, accessToken, refreshToken };
}

type Tokens = Pick<Account, 'accessToken' | 'refreshToken'>;

interface Sent {
  readonly body: object;
  readonly accessToken?: string;
}

async function post<TAnswer>(url: string, { body, accessToken }: Sent): Promise<TAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  if (answer.ok) return (await answer.json()) as TAnswer;

  throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
}
