import type { MutantRecord } from '../../../src/summary/mutant-record.ts';
import { mutateToy } from '../../support/toy-workspace.ts';

const source = `
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
`;

const test = `
import { countTo, isBig, isSmall, late, open } from '@cnop/toy';

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

  it('counts', () => {
    expect(countTo(5)).toBe(5);
  });

  it('uses what was opened', () => {
    expect(opened).toBe(2);
  });

  it('waits', async () => {
    await expect(late(2)).resolves.toBe(4);
  });
});
`;

describe('the runner of tests', () => {
  let records: MutantRecord[];

  beforeAll(async () => {
    records = await mutateToy({
      'libs/toy/src/index.ts': "export { countTo, half, isBig, isSmall, late, limit, open } from './toy.ts';",
      'libs/toy/src/toy.ts': source,
      'libs/toy/tests/toy.test.ts': test,
      'libs/toy/tests/other.test.ts': "it('imports nothing', () => expect(1).toBe(1));",
    });
  }, 120_000);

  const fateOf = (original: string, replacement: string) =>
    records.find((record) => record.original === original && record.replacement === replacement)?.fate;

  it('kills a mutant that a test notices', () => {
    expect(fateOf('n < limit', 'n <= limit')).toBe('killed');
  });

  it('kills a mutant that a test waits for', () => {
    expect(fateOf('n * 2', 'n / 2')).toBe('killed');
  });

  it('kills a mutant in code that runs while the module is loaded', () => {
    expect(fateOf('3 + 1', '3 - 1')).toBe('killed');
  });

  it('kills a mutant in code that a hook runs', () => {
    expect(fateOf('n - 1', 'n + 1')).toBe('killed');
  });

  it('ends a mutant that runs for ever', () => {
    expect(fateOf('count += 1', 'count -= 1')).toBe('timed-out');
  });

  it('lets a mutant survive that no test notices', () => {
    expect(fateOf('n > limit', 'n >= limit')).toBe('survived');
  });

  it('tells a mutant that no test reaches', () => {
    expect(fateOf('n / 2', 'n * 2')).toBe('uncovered');
  });
});
