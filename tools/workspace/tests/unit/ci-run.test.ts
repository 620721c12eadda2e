import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const script = readFileSync(join(__dirname, '../../../../.ci/run'), 'utf8');
const [tasks = ''] = /^is_affected\(\)[^]*?^tasks\(\) \{[^]*?^\}$/m.exec(script) ?? [];

/** What `.ci/run` tells Nx, with these variables. */
const nxOf = (env: Readonly<Record<string, string>>) =>
  execFileSync('bash', ['-euc', `npx() { echo "$@"; }\n${tasks}\ntasks lint test`], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

describe('.ci/run', () => {
  it('runs what a change can reach when it is given a base and a head', () => {
    expect(nxOf({ NX_BASE: 'main', NX_HEAD: 'HEAD' })).toBe('nx affected -t lint test');
  });

  it.each([{}, { NX_BASE: 'main' }, { NX_HEAD: 'HEAD' }, { NX_BASE: '', NX_HEAD: '' }])(
    'runs the whole with %j',
    (env) => {
      expect(nxOf({ ...env } as Record<string, string>)).toBe('nx run-many -t lint test');
    },
  );
});
