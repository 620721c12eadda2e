import { delimiter, dirname, join } from 'node:path';

/** Variables by which a caller's npm, Nx or git would reach into the rehearsal, and settings that lead out of its folder. */
const foreign = /^(npm_|nx_|git_|xdg_|init_cwd$|node_options$|cnop_npm_token$)/i;

/** What an isolated environment is made of. */
export interface IsolationOptions {
  /** The temporary folder; homes, caches and temporary files go there. */
  readonly folder: string;
  /** The workspace whose commands must not be found by accident. */
  readonly workspace: string;
  /** The Node.js that everything runs on. */
  readonly node: string;
}

/**
 * An environment for commands that must write nothing outside the folder, and read no one's own settings of npm, Nx and git.
 *
 * Proxies, certificates and the choice of a DynamoDB pass.
 */
export function isolatedEnvironment(
  outer: Readonly<NodeJS.ProcessEnv>,
  { folder, workspace, node }: IsolationOptions,
): NodeJS.ProcessEnv {
  const kept = Object.entries(outer).filter(([name]) => !foreign.test(name) && name.toUpperCase() !== 'PATH');
  const path = (outer['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(workspace));

  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(node), ...path].join(delimiter),
    CI: 'true',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    npm_config_cache: join(folder, 'npm-cache'),
    npm_config_userconfig: join(folder, 'home/.npmrc'),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@example.com',
    GIT_COMMITTER_NAME: 'Rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@example.com',
  };
}
