import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { messageOf, type RunningDynamoDb } from './backends/backend.ts';
import { endChild } from './child-process.ts';
import { startDynamoDb } from './start-dynamo-db.ts';

const PASSED_ON: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command with a DynamoDB: starts one in the tests' order, tells the command by its environment, stops it when
 * the command has ended. SIGINT, SIGTERM and SIGHUP are passed on to the command.
 *
 * @returns the exit code of the command; 128 + n when signal n ended it; 127 when it cannot be run; 1 without a DynamoDB.
 */
export async function runWithDynamoDb(command: readonly string[]): Promise<number> {
  const [program, ...args] = command;

  if (program === undefined) {
    say('Usage: cnop-with-dynamodb <command> [argument …]');
    return 2;
  }

  try {
    const dynamoDb = await startDynamoDb({ log: say });

    try {
      return await run(program, args, environmentFor(dynamoDb));
    } finally {
      await dynamoDb.stop();
    }
  } catch (error) {
    say(messageOf(error));
    return 1;
  }
}

function environmentFor(dynamoDb: RunningDynamoDb): NodeJS.ProcessEnv {
  // A developer's own profile or session token would go before, or along with, the dummies of a local database.
  const own = dynamoDb.backend === 'endpoint' ? {} : { AWS_PROFILE: undefined, AWS_SESSION_TOKEN: undefined };

  return {
    ...process.env,
    ...own,
    DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    CNOP_DYNAMODB_BACKEND: dynamoDb.backend,
    AWS_REGION: dynamoDb.region,
    AWS_ACCESS_KEY_ID: dynamoDb.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dynamoDb.credentials.secretAccessKey,
  };
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { env, stdio: 'inherit' });
  const passOn = (signal: NodeJS.Signals) => void endChild(child, signal);

  for (const signal of PASSED_ON) process.on(signal, passOn);
  try {
    return await exitCodeOf(child);
  } finally {
    for (const signal of PASSED_ON) process.off(signal, passOn);
  }
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
