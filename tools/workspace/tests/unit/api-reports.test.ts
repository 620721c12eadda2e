import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

jest.setTimeout(60_000);

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
  it('writes down what a library exports, and accepts it then', () => {
    expect(apiReports('--write').status).toBe(0);

    expect(readFileSync(join(library, 'index.api.md'), 'utf8')).toContain('toss(times: number): boolean');
    expect(apiReports().status).toBe(0);
  });

  it.each([
    ['a parameter more', 'export declare function toss(times: number, coins: number): boolean;\n'],
    ['an export less', 'export {};\n'],
  ])('refuses %s until it is written down', (_, declarations) => {
    apiReports('--write');
    declare(declarations);

    const { status, stderr } = apiReports();

    expect(status).toBe(1);
    expect(stderr).toContain('libs/coins/index.api.md: it is not what the sources export.');
  });

  it('refuses a library without a report', () => {
    expect(apiReports().status).toBe(1);
  });
});
