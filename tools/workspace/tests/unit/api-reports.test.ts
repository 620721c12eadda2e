import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

it('refuses a change of what a library exports until it is written down', () => {
  mkdirSync(join(root, 'tmp'), { recursive: true });
  const workspace = `${mkdtempSync(join(root, 'tmp/api-'))}/`;
  const library = join(workspace, 'libs/coins');
  const exports = { './package.json': './package.json', './dice': { types: './dist/dice.d.ts' } };
  const declare = (declarations: string) => {
    writeFileSync(join(library, 'dist/dice.d.ts'), declarations);
  };
  const apiReports = (...options: readonly string[]) => {
    const env = { ...process.env, CNOP_API_ROOT: workspace };
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'tools/workspace/src/api-reports.ts'), ...options],
      { env },
    );
    return [status, stderr.toString().split('\n')[0]];
  };
  mkdirSync(join(library, 'dist'), { recursive: true });
  writeFileSync(join(library, 'package.json'), JSON.stringify({ name: '@cnop/coins', version: '1.0.0', exports }));

  declare('export declare function toss(times: number): boolean;\n');
  expect(apiReports('--write')).toEqual([0, '']);
  expect(readFileSync(join(library, 'dice.api.md'), 'utf8')).toContain('toss(times: number): boolean');
  declare('export {};\n');
  expect(apiReports()).toEqual([1, 'libs/coins/dice.api.md: it is not what the sources export.']);

  rmSync(workspace, { recursive: true });
});
