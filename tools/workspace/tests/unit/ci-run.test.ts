import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const script = readFileSync(join(root, '.ci/run'), 'utf8');
const [functions = ''] = /^stage\(\)[^]*?(?=^trap )/m.exec(script) ?? [];

/** Runs a line with the functions of `.ci/run`, and an `npx` that only says what it is asked. */
const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync('bash', ['-euo', 'pipefail', '-c', `npx() { echo npx "$@"; }\n${functions}\n${line}`], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
    encoding: 'utf8',
  });

interface Project {
  readonly name: string;
  readonly targets: Readonly<
    Record<string, { readonly options?: { readonly env?: Readonly<Record<string, string>> } }>
  >;
}

/** The tools that have integration tests. */
function integratedProjects(): Project[] {
  return readdirSync(join(root, 'tools')).flatMap((name) => {
    const manifest = join(root, 'tools', name, 'package.json');
    if (!existsSync(manifest)) return [];
    const { nx } = JSON.parse(readFileSync(manifest, 'utf8')) as { nx?: Partial<Project> };
    return nx?.targets?.['test:integration'] === undefined ? [] : [{ name, targets: nx.targets }];
  });
}

describe('.ci/run', () => {
  it('runs what a change can reach when it is given a base and a head', () => {
    const { stdout } = run('tasks lint test', { NX_BASE: 'main', NX_HEAD: 'HEAD' });

    expect(stdout).toBe('npx nx affected -t lint test\n');
  });

  it.each([{}, { NX_BASE: 'main' }, { NX_HEAD: 'HEAD' }, { NX_BASE: '', NX_HEAD: '' }])(
    'runs the whole with %j',
    (env) => {
      const { stdout } = run('tasks lint test', { ...env } as Record<string, string>);

      expect(stdout).toBe('npx nx run-many -t lint test\n');
    },
  );

  it('lints all in one go, or what a change can reach', () => {
    expect(run('lint').stdout).toBe(
      'npx eslint --parser-options projectService:false --parser-options ' +
        'project:[tools/lint/tsconfig.whole.json,tools/docs-page/tsconfig.*.json] libs apps tools\n',
    );
    expect(run('lint', { NX_BASE: 'main', NX_HEAD: 'HEAD' }).stdout).toBe('npx nx affected -t lint\n');
  });

  it('checks the types of all in one go, or of what a change can reach', () => {
    expect(run('typecheck_and_build').stdout).toBe('npx tsc --build\nnpx nx run-many -t build\n');
    expect(run('typecheck_and_build', { NX_BASE: 'main', NX_HEAD: 'HEAD' }).stdout).toBe(
      'npx nx affected -t typecheck\nnpx nx run-many -t build\n',
    );
  });

  const fakes =
    'npm() { echo npm "$@"; }; rm() { :; }; record() { :; }; with_dynamodb() { echo -n "$CNOP_DYNAMODB: "; "$@"; }';

  it('runs the tests as a developer does, in Docker', () => {
    expect(run(`${fakes}; tests_on_docker`).stdout).toBe('docker: npm test\n');
    expect(run(`${fakes}; tests_on_docker`, { NX_BASE: 'main', NX_HEAD: 'HEAD' }).stdout).toBe(
      'docker: npx nx affected -t test test:docs test:integration\n',
    );
  });

  it('runs the integration tests again on the embedded DynamoDB, but for those that have run on one', () => {
    const embedded = integratedProjects().filter(
      ({ targets }) => targets['test:integration']?.options?.env?.['CNOP_DYNAMODB'] === 'embedded',
    );
    const names = [...embedded.map(({ name }) => name), 'local-stack'].sort();

    const { stdout } = run(`${fakes}; tests_on_embedded`);

    expect(stdout).toBe(`npx nx run-many -t test:integration --exclude=${names.join()} -- --coverage=false\n`);
  });

  it('prints stages that run side by side one after the other', () => {
    const { status, stdout } = run("together slow 'sleep 0.2; echo first' quick 'echo second'; echo on");

    expect(stdout.replaceAll(/\d+ s/g, 'n s')).toBe(
      '\n=== slow\nfirst\n=== slow took n s\n\n=== quick\nsecond\n=== quick took n s\non\n',
    );
    expect(status).toBe(0);
  });

  it('lets one stage give way to another, with all that it starts', () => {
    const { stdout } = run("together lint 'nice' format 'give_way; nice; bash -c nice'");

    const [own, ...others] = (stdout.match(/^\d+$/gm) ?? []).map(Number);
    expect(own).toBe(getPriority());
    expect(others).toHaveLength(2);
    expect(Math.min(...others)).toBeGreaterThanOrEqual(10);
  });

  it.each([
    ['first', "together bad 'echo wrong; exit 3' good 'echo right'"],
    ['last', "together good 'echo right' bad 'echo wrong; exit 3'"],
  ])('fails when the %s of the stages side by side does, and says which', (_, line) => {
    const { status, stdout } = run(`${line}; echo on`);

    expect(status).not.toBe(0);
    expect(stdout).toMatch(/=== bad\nwrong\n=== bad FAILED\n/);
    expect(stdout).toMatch(/=== good\nright\n=== good took \d+ s\n/);
    expect(stdout).not.toContain('on\n');
  });
});
