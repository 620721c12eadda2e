import { join } from 'node:path';
import { killPrograms, startProgram, type RunningProgram } from '@cnop/testing';

const main = join(__dirname, '../../src/main.ts');

/** The local stack as a process of its own, which starts a DynamoDB in its own order. */
export interface MainProcess extends RunningProgram {
  /** Where its DynamoDB is. Rejects when it ends before it has one. */
  dynamoDb(): Promise<string>;
  /** Where it serves. Rejects when it ends before. */
  url(): Promise<string>;
  /** The password of the administrator, as it prints it. */
  adminPassword(): Promise<string>;
}

/** Starts the command; whatever still runs is killed after the test. */
export function startMain(settings: NodeJS.ProcessEnv): MainProcess {
  const busy = { CNOP_MAX_EVENT_LOOP_DELAY_MS: '3600000' };
  const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: '', ...busy, ...settings };
  const program = startProgram(main, { env, execArgv: ['--conditions=@cnop/source'] });
  const part = async (pattern: RegExp) => (await program.printed(pattern))[1]!;

  return {
    ...program,
    dynamoDb: () => part(/^DynamoDB: .* at (http\S+)$/m),
    adminPassword: () => part(/^User of the role admin: admin (\S+)$/m),
    url: () => part(/^Serving .* at (http[^\s,]+), /m),
  };
}

afterEach(killPrograms);
