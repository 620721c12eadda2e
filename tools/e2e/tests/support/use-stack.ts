import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDatabase, deleteTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import type { TokenResponse } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import { generateSigningKey } from '@cnop/middleware';
import { isolatedTables } from '@cnop/testing';
import { createClient, type Client } from '../../src/client.ts';
import { createContract, type Contract, type OpenApiDocument } from '../../src/contract.ts';
import { collectSecrets } from '../../src/secrets.ts';
import type { StackInput } from '../../src/stack-main.ts';

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** The stack as it runs, in a process of its own. */
export interface Stack {
  readonly url: string;
  /** The users created at startup. */
  readonly users: readonly { readonly username: string; readonly password: string; readonly role: string }[];
  readonly contract: Contract;
  readonly client: Client;
  /** Every password, token and address that was sent to it or came from it. */
  readonly secrets: ReturnType<typeof collectSecrets>;
  /** Everything that it has logged so far. */
  log(): string;
  /** Sends SIGTERM, and waits for the end. */
  stop(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** A stack on tables of the test file's own, from the first test to the last. */
export function useStack(): { readonly database: Database; stack(): Stack } {
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const { env } = process;
  const credentials = { accessKeyId: env['AWS_ACCESS_KEY_ID']!, secretAccessKey: env['AWS_SECRET_ACCESS_KEY']! };
  const database = createDatabase({
    region: env['AWS_REGION']!,
    endpoint: env['DYNAMODB_ENDPOINT']!,
    credentials,
    tables,
  });
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack(tables);
  });
  afterAll(async () => {
    await stack.stop();
    // The whole output of the process, against every secret that was used in it.
    expect(stack.secrets.count()).toBeGreaterThan(0);
    expect(stack.log()).toContain('"msg":"request"');
    expect(stack.secrets.leakedIn(stack.log())).toEqual([]);
    await deleteTables(database, shapes);
    database.close();
  });
  return { database, stack: () => stack };
}

async function startStack(tables: StackInput['tables']): Promise<Stack> {
  const key = await generateSigningKey('ES256');
  const input: StackInput = { tables, keys: { keys: [{ ...key }] } };
  const main = join(__dirname, '../../src/stack-main.ts');
  const child = fork(main, [JSON.stringify(input)], { execArgv: ['--conditions=@cnop/source'], silent: true });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close') as Promise<[number | null]>;

  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [
    Pick<Stack, 'url' | 'users'> | number | null,
  ];
  if (typeof ready !== 'object' || ready === null) throw new Error(`The stack ended with ${ready}: ${output.stderr}`);
  const { url, users } = ready;
  const contract = createContract((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument);
  const secrets = collectSecrets();
  for (const secret of [...users.map(({ password }) => password), key.d]) secrets.note(secret);
  return {
    url,
    users,
    contract,
    client: createClient(url, { contract, onExchange: secrets.onExchange }),
    secrets,
    log: () => output.stdout,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      return { code, stderr: output.stderr };
    },
  };
}

/** A user who is registered and logged in. */
export interface Person extends TokenResponse {
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

/** Registers a user with a name and a password of their own, logs them in and deposits dollars. */
export async function register({ client }: Stack, dollars?: string): Promise<Person> {
  const username = `user-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(15).toString('base64url');
  const email = `${username}@mail.example`;
  const registration = { username, password, email, firstName: 'Ada', lastName: 'Lovelace' };

  expect((await client.send('POST /v1/auth/register', { body: registration })).status).toBe(201);
  const tokens = await logIn(client, { username, password });
  if (dollars !== undefined) {
    const deposit = { body: { code: 'USD', amount: dollars }, token: tokens.accessToken };
    expect((await client.send('POST /v1/deposits', deposit)).status).toBe(201);
  }
  return { username, password, email, ...tokens };
}

/** The tokens of a new session. */
async function logIn(client: Client, { username, password }: Pick<Person, 'username' | 'password'>) {
  const { status, body } = await client.send<TokenResponse>('POST /v1/auth/login', { body: { username, password } });

  expect(status).toBe(200);
  return body;
}

/** The access token of the user of that role who was created at startup. */
export const tokenOf = async ({ client, users }: Stack, role: 'admin' | 'price-feed' | 'venue'): Promise<string> =>
  (
    await logIn(
      client,
      users.find((user) => user.role === role)!,
    )
  ).accessToken;
