import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { StartableBackendName } from '../../src/backends/backend.ts';

const main = join(__dirname, 'unavailable-backends-main.ts');
const probe = execFileSync(process.execPath, ['--no-warnings', '--conditions=@cnop/source', main]);
const reasons: Partial<Record<StartableBackendName, string>> = {
  // A run that was told to be embedded has no JVM to wait for; any other one tries all.
  ...(process.env['CNOP_DYNAMODB'] === 'embedded' && { docker: 'the run is embedded', java: 'the run is embedded' }),
  ...(JSON.parse(probe.toString()) as Partial<Record<StartableBackendName, string>>),
};

/** Declares the same tests for each backend; those of one that cannot run here are skipped, and the title says why. */
export function describeBackends(
  title: string,
  names: readonly StartableBackendName[],
  define: (backend: { name: StartableBackendName; env: NodeJS.ProcessEnv }) => void,
): void {
  for (const name of names) {
    const reason = reasons[name];
    // The run as a whole may have been given another DynamoDB.
    const backend = { name, env: { ...process.env, DYNAMODB_ENDPOINT: undefined, CNOP_DYNAMODB: name } };

    (reason === undefined ? describe : describe.skip)(
      reason === undefined ? `${title} (${name})` : `${title} (${name} cannot run here: ${reason})`,
      () => {
        define(backend);
      },
    );
  }
}
