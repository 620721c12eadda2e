import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a rehearsal is given. */
export interface Surroundings {
  /** What is committed here is rehearsed. */
  readonly workspace: string;
  /** An empty folder; nothing is to be written elsewhere. */
  readonly folder: string;
  /** Fires when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Tells a reader what is done, and when. */
  readonly print: (line: string) => void;
}

/** Runs a rehearsal in a temporary folder that is gone afterwards, however it ends. */
export async function inTemporaryFolder(rehearsal: (surroundings: Surroundings) => Promise<void>): Promise<void> {
  const workspace = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
  const started = performance.now();
  const print = (line: string) => {
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    process.stdout.write(`${seconds.padStart(4)} s  ${line}\n`);
  };
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopped.abort(new Error(`Stopped by ${signal}.`));
    });
  }

  const folder = await mkdtemp(join(tmpdir(), 'cnop-rehearsal-'));
  try {
    await rehearsal({ workspace, folder, signal: stopped.signal, print });
    print('Nothing is left running.');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
