import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const script = readFileSync(join(__dirname, '../../../../.ci/run'), 'utf8');
const [functions = ''] = /^stage\(\)[^]*?(?=^trap )/m.exec(script) ?? [];

/** Runs a line with the functions of `.ci/run`. */
const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync('bash', ['-euo', 'pipefail', '-c', `${functions}\n${line}`], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
    encoding: 'utf8',
  });

describe('.ci/run', () => {
  it.each([
    ['what a change can reach', { NX_BASE: 'main', NX_HEAD: 'HEAD' }, 'affected'],
    ['the whole', { NX_BASE: 'main' }, 'run-many'],
    ['the whole', {}, 'run-many'],
  ])('tests %s with %j', (_title, env: Readonly<Record<string, string>>, command) => {
    const { stdout } = run('npx() { echo "$@"; }; npm() { :; }; record() { :; }; rm() { :; }; tests_on_docker', env);

    expect(new Set(stdout.match(/\b(affected|run-many)\b/g))).toEqual(new Set([command]));
  });

  it.each([
    ['first', "together bad 'echo wrong; exit 3' good 'echo right'"],
    ['last', "together good 'sleep 0.2; echo right' bad 'echo wrong; exit 3'"],
  ])('prints stages side by side one after the other, and fails when the %s does', (_title, line) => {
    const { status, stdout } = run(`${line}; echo on`);

    expect(status).not.toBe(0);
    expect(stdout).toMatch(/=== bad\nwrong\n=== bad FAILED\n/);
    expect(stdout).toMatch(/=== good\nright\n=== good took \d+ s\n/);
    expect(stdout).not.toContain('on\n');
  });
});
