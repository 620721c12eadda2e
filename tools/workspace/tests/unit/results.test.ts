import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let root: string;
const write = (file: string, content: object) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify(content));
};
/** Runs a command of the package on the workspace of the test: what it printed and how it ended. */
const run = (command: string, ...args: readonly string[]) => {
  const env = { ...process.env, CNOP_COVERAGE_ROOT: root, CNOP_TOTALS_ROOT: root };
  const { stdout, status } = spawnSync(process.execPath, [join(__dirname, '../../src', command), ...args], { env });
  return [stdout.toString().trim().split('\n'), status];
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the totals of tests', () => {
  const summary = (passed: number, failed = 0) => ({ passed, failed, skipped: 1 });

  it('end with the plain sum of all runs', () => {
    write('libs/a/test-output/unit/summary.json', summary(5));
    write('apps/b/test-output/unit/summary.json', summary(2));
    write('libs/a/test-output/integration/summary.json', summary(3));
    run('test-totals.ts', 'record', 'unit', 'unit');
    run('test-totals.ts', 'record', 'docker', 'integration');

    const lines = [
      'docker: 3 passed, 0 failed, 1 skipped',
      'unit: 7 passed, 0 failed, 2 skipped',
      '10 passed, 0 failed',
    ];
    expect(run('test-totals.ts', 'print')).toEqual([lines, 0]);
  });

  it.each([
    ['a test failed', summary(5, 1), 1, 1],
    ['a run had no test', summary(0), 1, 0],
  ])('fail when %s, of an affected run only for the former', (...[, totals, whole, affected]) => {
    write('libs/a/test-output/unit/summary.json', totals);
    run('test-totals.ts', 'record', 'unit', 'unit');

    expect(run('test-totals.ts', 'print')[1]).toBe(whole);
    expect(run('test-totals.ts', 'print', '--affected')[1]).toBe(affected);
  });

  it('fail when nothing was recorded', () => {
    expect(run('test-totals.ts', 'print')).toEqual([['0 passed, 0 failed'], 1]);
  });
});

describe('coverage', () => {
  /** One file of 20 lines, with a statement on each. */
  const ran = (isCovered: (line: number) => boolean) => {
    const lines = Array.from({ length: 20 }, (_, index) => index + 1);
    const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 1 } });
    const statementMap = Object.fromEntries(lines.map((line) => [line, at(line)]));
    const s = Object.fromEntries(lines.map((line) => [line, Number(isCovered(line))]));
    const path = '/lib/src/a.ts';
    return { [path]: { path, statementMap, s, fnMap: {}, f: {}, branchMap: {}, b: {} } };
  };

  it('is of both runs together, and enough at 95 % in each project', () => {
    write(
      'libs/a/test-output/unit/coverage/coverage-final.json',
      ran((line) => line < 10),
    );
    write(
      'libs/a/test-output/integration/coverage/coverage-final.json',
      ran((line) => line > 10),
    );
    expect(run('coverage.ts')).toEqual([[expect.stringMatching(/^ok {2}libs\/a +lines 95 %$/), expect.any(String)], 0]);

    mkdirSync(join(root, 'apps/b'), { recursive: true });
    expect(run('coverage.ts')).toEqual([
      expect.arrayContaining([expect.stringMatching(/^LOW apps\/b +lines 0 %$/)]),
      1,
    ]);
  });
});
