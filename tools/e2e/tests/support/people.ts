import { randomBytes } from 'node:crypto';
import type { TokenResponse } from '@cnop/entities-user';
import type { StackProcess } from './stack-process.ts';

/** Somebody who is registered and logged in. */
export interface Person extends TokenResponse {
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

/** Registers somebody with names and a password of her own, logs her in and gives her dollars. */
export async function register({ client }: StackProcess, dollars?: string): Promise<Person> {
  const username = `user-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(15).toString('base64url');
  const email = `${username}@mail.example`;
  const registration = { username, password, email, firstName: 'Ada', lastName: 'Lovelace' };

  const { status } = await client.send('POST /v1/auth/register', { body: registration });
  expect(status).toBe(201);
  const tokens = await logIn(client, username, password);
  if (dollars !== undefined) {
    const deposit = { body: { code: 'USD', amount: dollars }, token: tokens.accessToken };
    expect((await client.send('POST /v1/deposits', deposit)).status).toBe(201);
  }
  return { username, password, email, ...tokens };
}

/** The tokens of a new session. */
export async function logIn(
  client: StackProcess['client'],
  username: string,
  password: string,
): Promise<TokenResponse> {
  const { status, body } = await client.send<TokenResponse>('POST /v1/auth/login', { body: { username, password } });

  expect(status).toBe(200);
  return body;
}

/** The access token of whoever has that role from the beginning. */
export async function tokenOf({ client, users }: StackProcess, role: 'admin' | 'price-feed'): Promise<string> {
  const { username, password } = users.find((user) => user.role === role)!;

  return (await logIn(client, username, password)).accessToken;
}
