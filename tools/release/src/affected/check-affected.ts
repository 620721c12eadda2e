import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from '../in-temporary-folder.ts';
import { isolatedEnvironment } from '../rehearsal/isolated-environment.ts';
import { CommandError, runCommand } from '../rehearsal/run-command.ts';
import { makeThrowAwayClone } from '../rehearsal/throw-away-clone.ts';
import { executedTasks, type TaskRun } from './executed-tasks.ts';

interface Clone extends Surroundings {
  readonly clone: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a change of entities-user must reach, and some of what it must not. */
const reached = ['dao-user', 'entities-user', 'flow-order', 'user-service'];
/** The apps all of whose tests are integration tests, and a file of each, which stands for all. */
const integrated = { apps: ['inventory-service', 'order-service'], tests: 'assets no-tables' };
const spared = ['aws-sts', 'dao-inventory', 'entities-inventory'];
/** The libraries and the apps; tools would only take longer. */
const productive = "--exclude='tools/*'";

/**
 * Sees in a throw-away clone that Nx executes what a change can reach, and takes all else from its cache.
 *
 * @throws when it executes too much or too little.
 */
export async function checkAffected(options: Surroundings): Promise<void> {
  const { workspace, folder, signal, print } = options;
  for (const name of ['home', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  const env = {
    ...isolatedEnvironment(process.env, { folder, workspace, node: process.execPath }),
    NX_DAEMON: 'false',
    CNOP_DYNAMODB: 'embedded',
  };
  const clone: Clone = { ...options, env, clone: await makeThrowAwayClone({ workspace, folder, env, signal }) };

  const first = await nx(clone, `run-many -t test ${productive}`, 'test');
  print(`The cache is warm: ${first.cached.length} tests from it, ${first.executed.length} executed.`);
  const again = await nx(clone, `run-many -t test ${productive}`, 'test');
  expectExecuted('A second run', again, []);
  print(`A second run executes nothing; from the cache: ${again.cached.join(', ')}.`);

  await checkReadme(clone);
  await checkSource(clone);
  await checkInputs(clone);
}

async function checkReadme(clone: Clone): Promise<void> {
  await change(clone, 'libs/entities-user/README.md', '\nOne more sentence.\n');
  const run = await nx(clone, `affected -t test ${productive} --base=HEAD~1 --head=HEAD`, 'test');

  expectExecuted('A change of a README', run, []);
  clone.print(`A change of one README executes no test; from the cache: ${run.cached.join(', ')}.`);
}

async function checkSource(clone: Clone): Promise<void> {
  await change(clone, 'libs/entities-user/src/index.ts', '\n// One more comment.\n');
  const all = await affectedWith(clone, 'test');
  const integration = await affectedWith(clone, 'test:integration');
  const run = await nx(clone, `affected -t test ${productive} --base=HEAD~1 --head=HEAD`, 'test');

  for (const name of reached) {
    if (!run.executed.includes(name)) throw new Error(`A change of entities-user does not test ${name}.`);
  }
  const others = ['*', ...integrated.apps.map((app) => `!${app}`)].join();
  const apps = await nx(
    clone,
    `affected -t test:integration --exclude='${others}' --base=HEAD~1 --head=HEAD -- ${integrated.tests}`,
    'test:integration',
  );
  expectExecuted('A change of entities-user, of integration tests,', apps, integrated.apps);
  for (const name of spared) {
    if (all.includes(name) || run.executed.includes(name)) throw new Error(`A change of entities-user tests ${name}.`);
  }
  clone.print(`A change of entities-user reaches the tests of: ${all.join(', ')}.`);
  clone.print(`Its integration tests: ${integration.join(', ')}.`);
  clone.print(
    `Executed, tools aside: ${run.executed.join(', ')}; and integration tests of ${apps.executed.join(', ')}.`,
  );
}

/** The projects that the last commit can reach and that have this target. */
async function affectedWith(clone: Clone, target: string): Promise<string[]> {
  const names = await runCommand(
    `npx nx show projects --affected --with-target=${target} --base=HEAD~1 --head=HEAD`,
    commandOptions(clone),
  );

  return names
    .trim()
    .split('\n')
    .map((name) => name.replace('@cnop/', ''))
    .sort();
}

/** What else matters to a test makes it run again. */
async function checkInputs(clone: Clone): Promise<void> {
  for (const file of ['jest.preset.js', 'tsconfig.base.json', 'libs/exceptions/package.json']) {
    await change(clone, file, '\n');
    expectExecuted(`A change of ${file}`, await nx(clone, 'run-many -t test -p exceptions', 'test'), ['exceptions']);
  }
  const integration = 'run-many -t test:integration -p portfolio';
  await nx(clone, integration, 'test:integration');
  const again = await nx(clone, integration, 'test:integration');
  if (again.cached.join() !== 'portfolio')
    throw new Error('Integration tests that have run do not come from the cache.');
  const elsewhere = { ...clone, env: { ...clone.env, CNOP_DYNAMODB: 'nowhere' } };
  const failure: unknown = await nx(elsewhere, integration, 'test:integration').catch((error: unknown) => error);
  if (!(failure instanceof CommandError) || !executedTasks(failure.message, 'test:integration').failed.length)
    throw new Error('Another DynamoDB does not make integration tests run again.');

  clone.print('A change of the Jest preset, a tsconfig, a manifest or the DynamoDB makes tests run again.');
}

function expectExecuted(what: string, { executed }: TaskRun, expected: readonly string[]): void {
  if (executed.join() !== expected.join()) {
    throw new Error(`${what} executes ${executed.join(', ') || 'nothing'}, not ${expected.join(', ') || 'nothing'}.`);
  }
}

async function change(clone: Clone, file: string, text: string): Promise<void> {
  await appendFile(join(clone.clone, file), text);
  await runCommand(`git commit --quiet --all -m 'test: change ${file}'`, commandOptions(clone));
}

/** Runs Nx and reads what it did. */
async function nx(clone: Clone, command: string, target: string): Promise<TaskRun> {
  return executedTasks(await runCommand(`npx nx ${command}`, commandOptions(clone)), target);
}

const commandOptions = ({ clone, env, signal }: Clone) => ({ cwd: clone, env, signal });
