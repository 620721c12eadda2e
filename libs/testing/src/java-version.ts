import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

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
