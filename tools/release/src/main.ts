// Rehearses a release against a private registry, in a temporary folder: `npm run release:rehearse`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rehearse } from './rehearsal/rehearse.ts';

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

const folder = await mkdtemp(join(tmpdir(), 'cnop-release-'));
try {
  await rehearse({ workspace, folder, signal: stopped.signal, print });
  print('Nothing is left running.');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
