import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const check = join(root, 'tools/ci/node-version.cjs');
const { scripts, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};

/** What the check says in that version of Node.js. */
function checkIn(version: string) {
  const program = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require('${check}');`;
  const { status, stderr } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' });

  return { status, stderr };
}

describe('the version of Node.js', () => {
  it.each(['18.20.8', '20.20.2', '22.21.9'])('is said to be too old where it is %s', (version) => {
    expect(checkIn(version)).toEqual({
      status: 1,
      stderr: expect.stringContaining(`Node.js 22.22.0 or later is needed, and this is ${version}: `) as string,
    });
  });

  it.each(['22.22.0', '22.23.1', '24.0.0'])('is good where it is %s', (version) => {
    expect(checkIn(version)).toEqual({ status: 0, stderr: '' });
  });

  it('is checked before what newcomers start, against what the packages ask for', () => {
    expect(engines.node).toBe('>=22.22.0');
    for (const name of ['start', 'demo', 'test']) expect(scripts[`pre${name}`]).toBe('node tools/ci/node-version.cjs');
  });

  it('is that of .nvmrc', () => {
    expect(Number(readFileSync(join(root, '.nvmrc'), 'utf8'))).toBeGreaterThanOrEqual(24);
  });
});
