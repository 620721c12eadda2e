import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Where a line of shell runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a rehearsal is given. */
export interface Rehearsal {
  /** A temporary folder; nothing must be written elsewhere. */
  readonly folder: string;
  /** A clone, within the folder, of what is committed in the workspace. */
  readonly clone: string;
  /** The environment of its commands: they write nothing outside the folder, and read no one's own settings. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs a line of shell, in the clone unless told otherwise; what it printed on standard output. Throws when the line fails. */
  readonly run: (command: string, options?: RunOptions) => Promise<string>;
  /** Tells a reader what is done, and when. */
  readonly print: (line: string) => void;
}

const workspace = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

/** Runs a rehearsal in a throw-away clone that is gone afterwards, however it ends, with all that it has started. */
export async function rehearse(rehearsal: (surroundings: Rehearsal) => Promise<void>): Promise<void> {
  const started = performance.now();
  const print = (line: string) => {
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    process.stdout.write(`${seconds.padStart(4)} s  ${line}\n`);
  };
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stop.abort(new Error(`Stopped by ${signal}.`));
    });
  }

  const folder = await mkdtemp(join(tmpdir(), 'cnop-rehearsal-'));
  const clone = join(folder, 'workspace');
  const env = isolatedEnvironment(folder);
  const run = (command: string, options?: RunOptions) => runLine(command, { cwd: clone, env, ...options }, stop.signal);
  try {
    for (const name of ['home', 'tmp']) await mkdir(join(folder, name));
    await makeClone({ folder, clone, run });
    await rehearsal({ folder, clone, env, run, print });
    print('Nothing is left running.');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** In a process group of its own, so that an end of the rehearsal reaches all that the line has started. */
export async function runLine(command: string, options: Required<RunOptions>, stop: AbortSignal): Promise<string> {
  stop.throwIfAborted();
  const child = spawn('sh', ['-c', command], { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };

  stop.addEventListener('abort', end);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  stop.removeEventListener('abort', end);
  stop.throwIfAborted();
  if (code !== 0) throw new Error(`\`${command}\` ended with ${String(code)}.\n${out}${err}`);
  return out;
}

/** Variables by which a caller's npm, Nx or git would reach into the rehearsal, and settings that lead out of its folder. */
const foreign = /^(npm_|nx_|git_|xdg_|init_cwd$|node_options$|cnop_npm_token$|path$)/i;

/**
 * An environment for commands that must write nothing outside the folder, and read no one's own settings of npm, Nx and git. Proxies and
 * certificates pass.
 */
function isolatedEnvironment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(workspace));
  const who = ['AUTHOR', 'COMMITTER'].flatMap((role): [string, string][] => [
    [`GIT_${role}_NAME`, 'Rehearsal'],
    [`GIT_${role}_EMAIL`, 'rehearsal@example.com'],
  ]);

  return {
    ...Object.fromEntries([...kept, ...who]),
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    CI: 'true',
    CNOP_DYNAMODB: 'embedded',
    NX_DAEMON: 'false',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    npm_config_cache: join(folder, 'npm-cache'),
    npm_config_userconfig: join(folder, 'home/.npmrc'),
    npm_config_update_notifier: 'false',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/**
 * What is committed, with the installed `node_modules` as hard links and a copy of what Nx has cached. The remote is a bare repository
 * beside it, so that a push leads nowhere else.
 */
async function makeClone({ folder, clone, run }: Pick<Rehearsal, 'folder' | 'clone' | 'run'>): Promise<void> {
  // The caller's own settings of git say whether this workspace may be cloned.
  await run(`git clone --quiet '${workspace}' '${clone}'`, { cwd: folder, env: process.env });
  await run('git init --quiet --bare ../remote.git && git remote set-url origin ../remote.git');
  await run('git checkout --quiet -B rehearsal');
  for (const place of ['.', ...globSync('{apps,libs,tools}/*', { cwd: workspace })]) {
    // The folders alone: npm rewrites the files beside them in place.
    const modules = `'${workspace}/${place}/node_modules'`;
    const copy = (links: string) =>
      `find ${modules} -mindepth 1 -maxdepth 1 -type d -exec cp -a ${links} -t '${place}/node_modules' {} +`;
    await run(`[ ! -d ${modules} ] || { mkdir '${place}/node_modules' && { ${copy('-l')} || ${copy('')}; }; }`);
  }
  await run(
    `for each in cache workspace-data; do [ ! -d '${workspace}/.nx/'$each ] || { mkdir -p .nx && cp -a '${workspace}/.nx/'$each .nx/; }; done`,
  );
}
