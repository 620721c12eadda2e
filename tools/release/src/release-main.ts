// Releases every library to a private registry, uses them as a consumer would, then releases one fix: `npm run release:rehearse`. The
// commands are those of docs/releasing.md and docs/consuming.md, as they are written there; with `-- --all-versions` each recipe on every
// version of Node.js.
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './documented-commands.ts';
import { startRegistry, type Registry } from './registry.ts';
import { executeRecipes } from './recipes.ts';
import { rehearse, type Rehearsal, type RunOptions } from './rehearsal.ts';
import { rangeProblems, readManifests, renewed, withDependents, type Manifest } from './release-plan.ts';

/** The package whose fix is released on its own. */
const fixed = '@cnop/dao-order';

await rehearse(async ({ env: isolated, run, ...surroundings }) => {
  const folder = join(surroundings.folder, 'registry');
  mkdirSync(folder);
  const settings = await run('npm config get registry cafile', { env: process.env });
  const lines = settings
    .trim()
    .split('\n')
    .map((line) => line.split('=') as [string, string])
    .filter(([, value]) => !/^(null|undefined)?$/.test(value));
  const registry = await startRegistry(folder, Object.fromEntries(lines));
  // What is not of the scope comes from where npm takes it anyway.
  const elsewhere = Object.fromEntries(lines.map(([name, value]) => [`npm_config_${name}`, value]));
  const env = { ...isolated, ...elsewhere, CNOP_NPM_TOKEN: registry.token };

  try {
    await releaseAndUse(
      { ...surroundings, env, run: (command, options) => run(forRegistry(command, registry), { env, ...options }) },
      registry,
    );
  } finally {
    await registry.stop();
  }
});

/** A documented command, for the rehearsal's registry in place of the documented one. */
function forRegistry(command: string, { url }: Registry): string {
  return command.replaceAll('https://npm.example.com/', url).replaceAll('//npm.example.com/', url.replace('http:', ''));
}

async function releaseAndUse(rehearsal: Rehearsal, registry: Registry): Promise<void> {
  const { folder, clone, run, print } = rehearsal;
  const page = readFileSync(join(clone, 'docs/releasing.md'), 'utf8');
  const [addRegistry = '', ...install] = commandsOf(page, 'Use the libraries');
  const update = install.pop() ?? '';
  const consumer: RunOptions = { cwd: join(folder, 'consumer') };

  for (const command of commandsOf(page, 'Point the workspace at your registry')) await run(command);
  await refuseStrangers(registry);
  print('A private registry runs, and refuses strangers.');
  const first = await release(rehearsal, registry, commandsOf(page, 'Release'));
  print(`Released: ${first.map(({ name, version }) => `${name} ${version}`).join(', ')}.`);

  const asked = layOutConsumer(folder, clone);
  for (const command of [addRegistry, ...install, `npm install ${asked.join(' ')}`]) await run(command, consumer);
  await useAsConsumer(rehearsal, consumer);
  await executeRecipes(rehearsal, { allVersions: process.argv.includes('--all-versions'), addRegistry });

  const fixedFolder = first.find(({ name }) => name === fixed)?.folder ?? '';
  appendFileSync(join(clone, fixedFolder, 'src/index.ts'), '\n// Rehearsed: a fix of this library alone.\n');
  await run(`git commit --quiet --all -m 'fix: rehearse a fix of one library'`);
  const second = await release(rehearsal, registry, commandsOf(page, 'Release'));
  const names = renewed(first, second).join();
  if (names !== withDependents(fixed, first).join()) throw new Error(`A fix of ${fixed} released ${names}.`);
  print(`A fix of ${fixed} released it and its dependents: ${names}.`);

  await run(update, consumer);
  const installed = readManifests(join(folder, 'consumer'), 'node_modules/@cnop/*');
  const old = installed.filter(({ name, version }) =>
    second.every((each) => each.name !== name || each.version !== version),
  );
  if (installed.length === 0 || old.length > 0)
    throw new Error(`After its update the consumer has ${JSON.stringify(old)}.`);
  await useAsConsumer(rehearsal, consumer);
}

/**
 * A stranger can neither read nor publish, nor can one with a forged token, a wrong password or a name of their own; nobody publishes
 * outside the scope; and the scope is asked for nowhere else.
 */
async function refuseStrangers({ ask, logIn, token }: Registry): Promise<void> {
  const body = JSON.stringify({ _id: fixed, name: fixed, 'dist-tags': {}, versions: {}, _attachments: {} });
  const strangers = [{}, { body }, { token: 'forged' }, { token: 'forged', body }];
  const statuses = await Promise.all([
    ...strangers.map((stranger) => ask(fixed, stranger)),
    logIn('release', 'a wrong password').then(({ status }) => status),
    logIn('second', 'a good password').then(({ status }) => status),
    ask('left-pad', { token, body: body.replaceAll(fixed, 'left-pad') }),
  ]);

  if (!statuses.every((status) => [401, 403, 409].includes(status)))
    throw new Error(`Strangers get ${statuses.join()}.`);
  if ((await ask('@cnop/unknown', { token })) !== 404) throw new Error('The registry asks another for the scope.');
}

/** Each library has then its version, a tag that was pushed, its page in the changelog, and its place in the registry. */
async function release(
  { clone, run }: Rehearsal,
  { ask, token }: Registry,
  commands: readonly string[],
): Promise<readonly Manifest[]> {
  for (const command of commands) await run(command);
  const manifests = readManifests(clone, 'libs/*');
  const tags = await run('git ls-remote --tags --refs origin');
  const problems = rangeProblems(manifests);

  for (const { name, version, folder } of manifests) {
    const changelog = readFileSync(join(clone, folder, 'CHANGELOG.md'), 'utf8');
    if (!tags.includes(`refs/tags/${name}@${version}\n`)) problems.push(`There is no tag ${name}@${version}.`);
    if (!changelog.includes(`## ${version} (`)) problems.push(`The changelog of ${name} has no ${version}.`);
    if ((await ask(`${name}/${version}`, { token })) !== 200) problems.push(`The registry has no ${name} ${version}.`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return manifests;
}

/** The consumer's program twice, as an ES module and for CommonJS; the packages that it needs, compiler and types included. */
function layOutConsumer(folder: string, clone: string): string[] {
  const program = join(clone, 'tools/release/src/consumer-main.ts');
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: ['node'],
  };
  const write = (file: string, content: object) => {
    writeFileSync(join(folder, 'consumer', file), JSON.stringify(content));
  };
  for (const [name, type] of [
    ['esm', 'module'],
    ['cjs', 'commonjs'],
  ] as const) {
    mkdirSync(join(folder, 'consumer', name), { recursive: true });
    write(`${name}/package.json`, { type });
    cpSync(program, join(folder, 'consumer', name, 'main.ts'));
  }
  write('package.json', { name: 'consumer', private: true });
  write('tsconfig.json', { compilerOptions, include: ['*/main.ts'] });

  const { devDependencies = {} } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  const imported = [...readFileSync(program, 'utf8').matchAll(/from '(@cnop\/[^/']+)/g)].map(([, name]) =>
    String(name),
  );
  const compiler = String(devDependencies['@typescript/compiler7']).replace('npm:', '');
  return [...new Set([...imported, compiler, `@types/node@${String(devDependencies['@types/node'])}`])].map(
    (name) => `'${name}'`,
  );
}

async function useAsConsumer({ run, print }: Rehearsal, consumer: RunOptions): Promise<void> {
  await run('npx tsc', consumer);
  print(`A consumer, strict, without skipLibCheck: ${(await run('node esm/main.js', consumer)).trim()}`);
  if (!readFileSync(join(String(consumer.cwd), 'cjs/main.js'), 'utf8').includes('require("@cnop/'))
    throw new Error('The other consumer does not use require.');
  print(`A consumer that uses require: ${(await run('node cjs/main.js', consumer)).trim()}`);
}
