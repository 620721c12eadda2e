import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
let workspace: string;
let library: string;

/** Runs the command on a workspace of one library. */
const apiReports = (...options: string[]) =>
  spawnSync(process.execPath, [join(root, 'tools/workspace/src/api-reports.ts'), ...options], {
    env: { ...process.env, CNOP_API_ROOT: workspace },
    encoding: 'utf8',
  });
const declare = (declarations: string) => {
  writeFileSync(join(library, 'dist/index.d.ts'), declarations);
};

beforeEach(() => {
  mkdirSync(join(root, 'tmp'), { recursive: true });
  workspace = mkdtempSync(join(root, 'tmp/api-'));
  library = join(workspace, 'libs/coins');
  mkdirSync(join(library, 'dist'), { recursive: true });
  writeFileSync(
    join(library, 'package.json'),
    JSON.stringify({ name: '@cnop/coins', version: '1.0.0', exports: { '.': { types: './dist/index.d.ts' } } }),
  );
  declare('export declare function toss(times: number): boolean;\n');
});

afterEach(() => {
  rmSync(workspace, { recursive: true });
});

describe('api-reports', () => {
  it('asks for what a library exports to be written down, and accepts it then', () => {
    expect(apiReports().status).toBe(1);
    expect(apiReports('--write').status).toBe(0);

    expect(readFileSync(join(library, 'index.api.md'), 'utf8')).toContain('toss(times: number): boolean');
    expect(apiReports().status).toBe(0);
  });

  it('refuses a change until it is written down', () => {
    apiReports('--write');

    for (const declarations of [
      'export declare function toss(times: number, coins: number): boolean;\n',
      'export {};\n',
    ]) {
      declare(declarations);
      const { status, stderr } = apiReports();
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining('libs/coins/index.api.md: it is not what the sources export.'),
      ]);
    }
  });
});
