import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Mutant } from '../../src/mutate-group.ts';

const files = {
  'package.json': '{ "type": "module" }',
  'libs/toy/src/index.ts': "export { check, countTo, half, isBig, isSmall, late, limit, open } from './toy.ts';",
  'libs/toy/src/toy.ts': `
    export const limit = 3 + 1;
    export const isSmall = (n: number): boolean => n < limit;
    export const isBig = (n: number): boolean => n > limit;
    export const half = (n: number): number => n / 2;
    export const open = (n: number): number => n - 1;
    export const late = (n: number): Promise<number> => Promise.resolve(n * 2);

    export function countTo(n: number): number {
      let count = 0;
      while (count < n) count += 1;
      return count;
    }

    export function check(n: number): void {
      if (n === 7) throw new RangeError('Seven is refused.');
    }
  `,
  'libs/toy/tests/unit/toy.test.ts': `
    import { check, countTo, isBig, isSmall, late, open } from '@cnop/toy';

    let opened: number;

    describe('toy', () => {
      beforeAll(() => {
        opened = open(3);
      });

      it.each([[3, true], [4, false]])('says that %p is small: %p', (n, small) => {
        expect(isSmall(n)).toBe(small);
      });
      it('knows big numbers', () => {
        expect(isBig(9)).toBe(true);
        expect(isBig(1)).toBe(false);
      });
      it('counts', () => expect(countTo(5)).toBe(5));
      it('uses what was opened', () => expect(opened).toBe(2));
      it('waits', async () => {
        await expect(late(2)).resolves.toBe(4);
      });
      it('refuses seven', () => {
        const seen = jest.fn(() => check(7));
        expect(seen).toThrow(RangeError);
        expect(() => check(8)).not.toThrow();
      });
    });
  `,
  'libs/toy/tests/unit/other.test.ts': "it('imports nothing', () => expect(1).toBe(1));",
};

/** Mutates the toy workspace in a process of its own: Stryker looks at the current directory, and Circus does not run within itself. */
async function mutateToy(): Promise<Mutant[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mutation-'));
  const module = join(__dirname, '../../src/mutate-group.ts');
  const script = `
    import { mutateGroup } from ${JSON.stringify(module)};
    const mutants = await mutateGroup('toy', { files: ['toy'] });
    console.log(JSON.stringify(mutants));
  `;

  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    const args = ['--conditions=@cnop/source', '--no-warnings', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });

    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Mutant[];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('mutateGroup', () => {
  let mutants: Mutant[];

  beforeAll(async () => {
    mutants = await mutateToy();
  }, 120_000);

  it.each([
    ['that a test notices', 'n < limit', 'n <= limit', 'Killed'],
    ['that a test waits for', 'n * 2', 'n / 2', 'Killed'],
    ['in code that runs while the module is loaded', '3 + 1', '3 - 1', 'Killed'],
    ['in code that a hook runs', 'n - 1', 'n + 1', 'Killed'],
    ['that never ends', 'count += 1', 'count -= 1', 'Timeout'],
    ['that no test notices', 'n > limit', 'n >= limit', 'Survived'],
    ['that no test reaches', 'n / 2', 'n * 2', 'NoCoverage'],
    ['that no error is thrown', 'n === 7', 'false', 'Killed'],
    ['in the message of a plain error', "'Seven is refused.'", '""', 'Ignored'],
  ])('judges a mutant %s: %s → %s', (_title, ...[original, replacement, status]) => {
    const found = mutants.find((mutant) => mutant.original === original && mutant.replacement === replacement);

    expect(found).toMatchObject({ file: 'toy', status });
  });
});
