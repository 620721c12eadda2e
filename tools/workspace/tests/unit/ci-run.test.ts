import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const script = readFileSync(join(__dirname, '../../../../.ci/run'), 'utf8');
const [functions = ''] = /^stage\(\)[^]*?(?=^trap )/m.exec(script) ?? [];

/** Runs a line with the functions of `.ci/run`, and an `npx` that only says what it is asked. */
const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync('bash', ['-euo', 'pipefail', '-c', `npx() { echo npx "$@"; }\n${functions}\n${line}`], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
    encoding: 'utf8',
  });

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
    expect(run('lint').stdout).toBe('npx eslint --concurrency=2 libs apps tools\n');
    expect(run('lint', { NX_BASE: 'main', NX_HEAD: 'HEAD' }).stdout).toBe('npx nx affected -t lint\n');
  });

  it('runs tests in Docker and on the embedded DynamoDB, those that need one to themselves on the latter', () => {
    const fakes = 'with_dynamodb() { "$@"; }; export -f npx; npm() { :; }; rm() { :; }';
    const { stdout } = run(`${fakes}; unit_and_docker; unit_and_embedded`);

    expect(stdout.split('\n').filter((line) => line.includes(' nx '))).toEqual([
      'npx nx run-many -t test test:docs test:integration --exclude=bank-test,demo,fault-matrix',
      'npx nx run-many -t test test:docs test:integration --exclude=local-stack',
    ]);
  });

  it('prints stages that run side by side one after the other', () => {
    const { status, stdout } = run("together slow 'sleep 0.2; echo first' quick 'echo second'; echo on");

    expect(stdout.replaceAll(/\d+ s/g, 'n s')).toBe(
      '\n=== slow\nfirst\n=== slow took n s\n\n=== quick\nsecond\n=== quick took n s\non\n',
    );
    expect(status).toBe(0);
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
