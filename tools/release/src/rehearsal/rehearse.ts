import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from '../in-temporary-folder.ts';
import {
  consumerPackages,
  installedVersions,
  layOutConsumer,
  packagesImportedBy,
  runConsumer,
  type ConsumerResults,
} from './consumer.ts';
import { documentedCommands, forRegistry } from './documented-commands.ts';
import { isolatedEnvironment } from './isolated-environment.ts';
import { parseUpstream } from './npm-upstream.ts';
import { describeOutcome } from './outcome.ts';
import { packageLines, publishedPackages } from './published-packages.ts';
import { newVersions, rangeProblems, withDependents, type Manifest } from './release-plan.ts';
import { refusesStrangers, startRegistry, type Registry } from './registry.ts';
import { runCommand } from './run-command.ts';
import { makeThrowAwayClone } from './throw-away-clone.ts';
import { readManifests } from './workspace-manifests.ts';

/** One rehearsal on its way. */
interface Rehearsal extends Surroundings {
  readonly registry: Registry;
  readonly env: NodeJS.ProcessEnv;
  readonly clone: string;
  readonly consumer: string;
}

/** The package whose fix is released on its own. */
const fixed = '@cnop/dao-order';

/**
 * Releases every library to a private registry, uses them as a consumer would, then releases one fix.
 *
 * @throws when anything is not as docs/releasing.md says.
 */
export async function rehearse(options: Surroundings): Promise<void> {
  const { workspace, folder, signal, print } = options;
  for (const name of ['home', 'tmp', 'consumer']) await mkdir(join(folder, name), { recursive: true });
  const isolated = isolatedEnvironment(process.env, { folder, workspace, node: process.execPath });
  const upstream = parseUpstream(
    await runCommand('npm config get registry cafile', { cwd: workspace, env: process.env, signal }),
  );
  const registry = await startRegistry({ folder: join(folder, 'registry'), upstream });

  try {
    const env = { ...isolated, CNOP_NPM_TOKEN: registry.token, NX_DAEMON: 'false' };
    print(`A private registry runs. ${(await refusesStrangers(registry.url, fixed)).join(', ')}.`);
    const clone = await makeThrowAwayClone({ workspace, folder, env, signal });
    const rehearsal = { ...options, registry, env, clone, consumer: join(folder, 'consumer') };

    const manifests = await releaseAll(rehearsal);
    const names = await installConsumer(rehearsal);
    await releaseFix(rehearsal, { manifests, names });
  } finally {
    await registry.stop();
  }
}

/** The first release: each library, from the conventional commits of the history. */
async function releaseAll(rehearsal: Rehearsal): Promise<readonly Manifest[]> {
  const { clone, registry, print } = rehearsal;

  await inClone(rehearsal, documentedCommands.pointWorkspace);
  await inClone(rehearsal, documentedCommands.commitSettings);
  print(`npm knows us as ${(await inClone(rehearsal, documentedCommands.whoAmI)).trim()}.`);
  await inClone(rehearsal, documentedCommands.preview);
  await inClone(rehearsal, documentedCommands.release);
  await inClone(rehearsal, documentedCommands.push);

  const manifests = (await readManifests(clone)).filter((manifest) => manifest.private !== true);
  refuseProblems(rangeProblems(manifests));
  await checkTags(rehearsal, manifests);
  print(`Published ${manifests.length} packages:`);
  for (const line of packageLines(
    await publishedPackages(
      registry,
      manifests.map(({ name }) => name),
    ),
  )) {
    print(line);
  }
  return manifests;
}

/** Each version is a tag that was pushed, and has its page in the changelog. */
async function checkTags({ clone, env, signal }: Rehearsal, manifests: readonly Manifest[]): Promise<void> {
  const listed = await runCommand('git ls-remote --tags --refs origin', { cwd: clone, env, signal });
  const tags = new Set(listed.split('\n').map((line) => line.split('refs/tags/')[1]));
  const untagged = manifests.filter(({ name, version }) => !tags.has(`${name}@${version}`));
  refuseProblems(untagged.map(({ name, version }) => `There is no tag ${name}@${version}.`));

  for (const { name, version } of manifests) {
    const changelog = await readFile(join(clone, 'libs', name.replace('@cnop/', ''), 'CHANGELOG.md'), 'utf8');
    if (!changelog.includes(`## ${version} (`)) throw new Error(`The changelog of ${name} has no ${version}.`);
  }
}

/** Installs the libraries in an empty folder and runs the consumer's programs. */
async function installConsumer(rehearsal: Rehearsal): Promise<readonly string[]> {
  const { consumer, clone } = rehearsal;
  await layOutConsumer(consumer);
  const asked = await consumerPackages(join(clone, 'package.json'));

  await asConsumer(rehearsal, documentedCommands.pointConsumer);
  await asConsumer(rehearsal, documentedCommands.install);
  await asConsumer(rehearsal, `npm install ${asked.map((name) => `'${name}'`).join(' ')}`);
  await useAsConsumer(rehearsal);

  return packagesImportedBy(await readFile(join(consumer, 'src/main.ts'), 'utf8'));
}

/** Releases a fix of one library: it and its dependents get new versions, and the consumer updates to them. */
async function releaseFix(
  rehearsal: Rehearsal,
  { manifests, names }: { readonly manifests: readonly Manifest[]; readonly names: readonly string[] },
): Promise<void> {
  const { clone, consumer, print } = rehearsal;
  await appendFile(join(clone, 'libs/dao-order/src/index.ts'), '\n// Rehearsed: a fix of this library alone.\n');
  await inClone(rehearsal, `git commit --quiet --all -m 'fix(dao-order): rehearse a fix of one library'`);
  await inClone(rehearsal, documentedCommands.release);
  await inClone(rehearsal, documentedCommands.push);

  const after = (await readManifests(clone)).filter((manifest) => manifest.private !== true);
  const renewed = newVersions(manifests, after);
  const expected = withDependents(fixed, manifests);
  if (renewed.map(([name]) => name).join() !== expected.join()) {
    throw new Error(`A fix of ${fixed} is to release ${expected.join(', ')}, but released ${renewed.join(', ')}.`);
  }
  refuseProblems(rangeProblems(after));
  print(`A fix of ${fixed} released it and its dependents: ${renewed.map((each) => each.join(' ')).join(', ')}.`);

  await asConsumer(rehearsal, documentedCommands.update);
  const versions = new Map(after.map(({ name, version }) => [name, version]));
  for (const [name, version] of await installedVersions(consumer, names)) {
    if (version !== versions.get(name)) throw new Error(`The consumer has ${name} ${version} after its update.`);
  }
  print('The consumer has updated.');
  await useAsConsumer(rehearsal);
}

async function useAsConsumer(rehearsal: Rehearsal): Promise<ConsumerResults> {
  const { consumer, env, signal, print } = rehearsal;
  const results = await runConsumer({ cwd: consumer, env, signal });
  print(`Consumer, ESM TypeScript, strict, skipLibCheck false: ${describeOutcome(results.esm)}.`);
  print(`Consumer, CommonJS by require: ${describeOutcome(results.commonJs)}.`);

  return results;
}

const inClone = ({ registry, clone, env, signal }: Rehearsal, command: string): Promise<string> =>
  runCommand(forRegistry(command, registry.url), { cwd: clone, env, signal });

const asConsumer = ({ registry, consumer, env, signal }: Rehearsal, command: string): Promise<string> =>
  runCommand(forRegistry(command, registry.url), { cwd: consumer, env, signal });

function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
