import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDatabase, deleteTables, type Database } from '@cnop/database-core';
import {
  createClient,
  createContract,
  type Client,
  type Contract,
  type OpenApiDocument,
  type StackOrder,
} from '@cnop/e2e';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { generateSigningKey } from '@cnop/middleware';
import { isolatedTables } from '@cnop/testing';
import type { JWK } from 'jose';
import { collectSecrets } from './secrets.ts';

const main = join(__dirname, '../../src/stack-main.ts');
const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Who was there before anybody could register. */
export interface StackUser {
  readonly username: string;
  readonly password: string;
  readonly role: string;
}

/** The stack as it runs, in a process of its own. */
export interface StackProcess {
  readonly url: string;
  readonly users: readonly StackUser[];
  readonly contract: Contract;
  readonly client: Client;
  /** The private key that signs its tokens. */
  readonly key: JWK;
  /** Every password, token and address that was sent to it or came from it. */
  readonly secrets: ReturnType<typeof collectSecrets>;
  /** Everything that it has logged so far. */
  log(): string;
  /** Sends SIGTERM, and waits for the end. */
  stop(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** A stack on tables of the test file's own, from the first test to the last. */
export interface StackUnderTest {
  readonly database: Database;
  stack(): StackProcess;
}

export function useStack(): StackUnderTest {
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = process.env;
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
  const database = createDatabase({ region: process.env['AWS_REGION']!, endpoint: endpoint!, credentials, tables });
  let stack: StackProcess;

  beforeAll(async () => {
    stack = await startStackProcess(tables);
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

async function startStackProcess(tables: StackOrder['tables']): Promise<StackProcess> {
  const key = await generateSigningKey('ES256');
  const order: StackOrder = { tables, keys: { keys: [{ ...key }] }, requestsPerMinute: 1_000_000 };
  const child = fork(main, [JSON.stringify(order)], { execArgv: ['--conditions=@cnop/source'], silent: true });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close') as Promise<[number | null]>;

  const { url, users } = await readyMessage(child, ended, output);
  const contract = createContract((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument);
  const secrets = collectSecrets();
  for (const { password } of users) secrets.note(password);
  secrets.note(key.d);
  return {
    url,
    users,
    contract,
    client: createClient(url, { contract, onExchange: secrets.onExchange }),
    key,
    log: () => output.stdout,
    secrets,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      return { code, stderr: output.stderr };
    },
  };
}

async function readyMessage(child: ChildProcess, ended: Promise<[number | null]>, output: { readonly stderr: string }) {
  const failed = ended.then(([code]) => {
    throw new Error(`The stack ended with ${code}: ${output.stderr}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [Pick<StackProcess, 'url' | 'users'>];
  failed.catch(() => undefined);
  return message;
}
