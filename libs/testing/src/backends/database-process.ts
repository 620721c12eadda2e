import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { createServer } from 'node:net';
import { sleep } from '@cnop/utils';
import { endChild, guard, letGoOf } from '../child-process.ts';
import { messageOf } from './backend.ts';

const OUTPUT_KEPT = 2_000;
const PORTS_TRIED = 5;
const portTaken = /already in use/i;

/** How to run a DynamoDB as a child process. */
export interface DatabaseProcessOptions {
  readonly command: string;
  /** What it is given on its command line to serve at that port. */
  readonly args: (port: number) => readonly string[];
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** A DynamoDB that runs as a child process. */
export interface DatabaseProcess {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a DynamoDB as a child process and waits until it answers, at a port that was free a moment ago; at another one when another process
 * has taken that meanwhile.
 *
 * The child ends with `stop()` and with this process, however this one ends.
 *
 * @throws Error with the last lines of the child's output when it ends or stays silent instead of answering.
 */
export async function startDatabaseProcess(options: DatabaseProcessOptions): Promise<DatabaseProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startAt(await findFreePort(), options);
    } catch (error) {
      if (attempt === PORTS_TRIED || !portTaken.test(messageOf(error))) throw error;
    }
  }
}

async function startAt(port: number, options: DatabaseProcessOptions): Promise<DatabaseProcess> {
  // Detached: Ctrl-C in a terminal must not take the database away from under tests that are still ending.
  const child = spawn(options.command, options.args(port), {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const gone = new AbortController();
  let output = '';

  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-OUTPUT_KEPT)));
  }
  child.once('error', (error) => {
    gone.abort(error);
  });
  // Not its exit: by then not all that it printed may have been read.
  child.once('close', (code, signal) => {
    gone.abort(new Error(`it ended with ${signal ?? `code ${String(code)}`}`));
  });

  // A guard that outlived its target might end another process that was given the same id.
  const guardian = child.pid === undefined ? undefined : guard({ kind: 'process', pid: child.pid });
  child.once('exit', () => void guardian?.release());

  const stop = async () => {
    await endChild(child, 'SIGTERM');
    await guardian?.release();
  };
  const endpoint = `http://127.0.0.1:${port}`;

  try {
    await waitForHttpAnswer(endpoint, { timeoutMs: options.timeoutMs, signal: gone.signal });
    gone.signal.throwIfAborted();
  } catch (error) {
    await stop();
    const reason = messageOf(error);
    throw new Error(`${options.command}: ${reason}. ${output.trim()}`.trim(), { cause: error });
  }

  letGoOf(child);
  return { endpoint, stop };
}

/** Finds a TCP port that is free on the loopback interface now; another process may take it before it is used. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();

    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();

      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error('The operating system named no port.'));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}

const POLL_INTERVAL_MS = 10;
const ATTEMPT_TIMEOUT_MS = 1_000;

/**
 * Waits until the URL answers HTTP with any status; DynamoDB Local answers a plain GET with 400.
 *
 * @throws Error when there is no answer in time; the reason of the signal when that is aborted first.
 */
export async function waitForHttpAnswer(
  url: string,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  let reason: string;

  do {
    options.signal?.throwIfAborted();
    try {
      await answerOf(url);
      return;
    } catch (error) {
      reason = messageOf(error);
    }
    await sleep(POLL_INTERVAL_MS);
  } while (Date.now() < deadline);

  throw new Error(`${url} gave no answer within ${options.timeoutMs} ms (${reason})`);
}

function answerOf(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secureRequest : request;
    const sent = send(url, { agent: false, timeout: ATTEMPT_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve();
    });

    sent.once('timeout', () => sent.destroy(new Error('time-out')));
    sent.once('error', reject);
    sent.end();
  });
}
