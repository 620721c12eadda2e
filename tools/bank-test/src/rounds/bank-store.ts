import { rmSync } from 'node:fs';
import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb, type RunningDynamoDb } from '@cnop/testing';

/** A DynamoDB that is stopped and started again on its data, unless it is one that runs already. */
export interface BankStore {
  /** What runs, in words for people. */
  readonly description: string;
  /** The DynamoDB for the next round. */
  restart(): Promise<RunningDynamoDb>;
  /** Ends it and throws its data away, as the end of this process does. */
  remove(): Promise<void>;
}

/** Starts the DynamoDB that the environment names. */
export async function openBankStore(env: NodeJS.ProcessEnv): Promise<BankStore> {
  const dataDir = await mkdtemp(join(await dataRoot(), 'bank-test-'));
  const start = () => startDynamoDb({ env, dataDir });
  let running: RunningDynamoDb | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  const removeData = () => {
    rmSync(dataDir, { recursive: true, force: true });
  };
  const remove = async () => {
    await stop();
    process.off('exit', removeData);
    removeData();
  };
  process.once('exit', removeData);

  try {
    running = await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    description: `${running.backend} (${running.description})`,
    restart: async () => {
      await stop();
      running = await start();
      return running;
    },
    remove,
  };
}

const memoryRoot = '/dev/shm';
const roomNeeded = 2 ** 30;

/** In memory where Linux has room for it: the data outlives the database, and need not outlive the machine. */
async function dataRoot(): Promise<string> {
  const room = await statfs(memoryRoot).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );

  return room >= roomNeeded ? memoryRoot : tmpdir();
}
