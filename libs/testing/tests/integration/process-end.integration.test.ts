import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@cnop/testing';
import { startableBackends } from '../../src/start-dynamo-db.ts';
import { describeBackends } from '../support/describe-backends.ts';

const main = join(__dirname, '../support/hold-dynamo-db-main.ts');

/** Starts a process that starts a DynamoDB and then waits, exits, or has nothing left to do. */
async function startHolder(env: NodeJS.ProcessEnv, then: 'wait' | 'exit' | 'finish') {
  const child = spawn(process.execPath, ['--no-warnings', '--conditions=@cnop/source', main, then], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [endpoint] = (await once(child.stdout, 'data')) as [Buffer];

  return { child, ended, endpoint: endpoint.toString() };
}

const isGone = (endpoint: string) =>
  fetch(endpoint).then(
    () => false,
    () => true,
  );

describeBackends('the DynamoDB of a process that ends without stopping it', startableBackends, ({ name, env }) => {
  // The slow ones need not show every way to end.
  const signals = name === 'embedded' ? (['SIGTERM', 'SIGINT', 'SIGKILL'] as const) : (['SIGTERM'] as const);

  it.each(signals)('ends after %s', async (signal) => {
    const { child, ended, endpoint } = await startHolder(env, 'wait');

    child.kill(signal);
    await ended;

    await eventually('its DynamoDB is gone', () => isGone(endpoint));
  });
});

describeBackends('the DynamoDB of a process that ends by itself without stopping it', ['embedded'], ({ env }) => {
  it.each(['exit', 'finish'] as const)('ends after the process has chosen to %s', async (then) => {
    const { ended, endpoint } = await startHolder(env, then);

    expect(await ended).toEqual([0, null]);
    await eventually('its DynamoDB is gone', () => isGone(endpoint));
  });
});
