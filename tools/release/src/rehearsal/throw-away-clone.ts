import { existsSync, readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { linkTree } from './link-tree.ts';
import { runCommand, type CommandOptions } from './run-command.ts';

/** What a clone is made of. */
export interface CloneOptions {
  readonly workspace: string;
  /** Where the clone goes; its remote goes beside it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Clones what is committed in the workspace, with the installed `node_modules` as hard links and a copy of what Nx has cached.
 *
 * Its remote is a bare repository beside it, so that a push leads nowhere else.
 */
export async function makeThrowAwayClone({ workspace, folder, env, signal }: CloneOptions): Promise<string> {
  const clone = join(folder, 'workspace');
  const remote = join(folder, 'remote.git');
  // The caller's own settings of git say whether this workspace may be cloned.
  const outer: CommandOptions = { cwd: folder, env: process.env, signal };
  const inner: CommandOptions = { cwd: clone, env, signal };

  await runCommand(`git clone --quiet '${workspace}' '${clone}'`, outer);
  await runCommand(`git init --quiet --bare '${remote}'`, { ...inner, cwd: folder });
  await runCommand(`git remote set-url origin '${remote}' && git checkout --quiet -B rehearsal`, inner);
  for (const place of nodeModulesOf(workspace)) {
    signal.throwIfAborted();
    await linkEntries(join(workspace, place), join(clone, place), signal);
  }
  for (const place of ['.nx/cache', '.nx/workspace-data'].filter((each) => existsSync(join(workspace, each)))) {
    await cp(join(workspace, place), join(clone, place), { recursive: true });
  }
  return clone;
}

/** The `node_modules` of the workspace and of its packages. */
function nodeModulesOf(workspace: string): string[] {
  const packages = ['apps', 'libs', 'tools'].flatMap((group) =>
    existsSync(join(workspace, group)) ? readdirSync(join(workspace, group)).map((name) => join(group, name)) : [],
  );

  return ['.', ...packages]
    .map((place) => join(place, 'node_modules'))
    .filter((place) => existsSync(join(workspace, place)));
}

async function linkEntries(from: string, to: string, signal: AbortSignal): Promise<void> {
  const directories = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  for (const { name } of directories) {
    linkTree(join(from, name), join(to, name));
    await breathe(); // a signal may have come
    signal.throwIfAborted();
  }
}
