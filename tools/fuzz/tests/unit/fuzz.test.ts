import { fuzzTimes, runs } from '../../src/runs.ts';
import { worstTextWork } from '../../src/text-work.ts';

describe(fuzzTimes, () => {
  it('reads a whole number, by default one', () => {
    expect([fuzzTimes({}), fuzzTimes({ CNOP_FUZZ_TIMES: '20' })]).toEqual([1, 20]);
    expect(runs(100).numRuns).toBe(100 * fuzzTimes(process.env));
  });

  it.each(['', '0', '-1', '1.5', '1e3', ' 2', '2\n', '١', 'many', '100000'])('refuses %j', (text) => {
    expect(() => fuzzTimes({ CNOP_FUZZ_TIMES: text })).toThrow(/^CNOP_FUZZ_TIMES must be a whole number/);
  });
});

describe(worstTextWork, () => {
  const ratioOf = (pattern: RegExp) =>
    worstTextWork(
      (text) => pattern.test(text),
      (length) => `${'a'.repeat(length)}!`,
      1_000,
    ).ratio;

  it.each([
    ['exponential', /^(?:a|aa)+$/],
    ['quadratic', /a+b/],
  ])('finds a pattern that takes %s time', (_, pattern) => {
    expect(ratioOf(pattern)).toBeGreaterThan(1_000);
  });

  it.each([/^a+$/, /^[a-z]{1,20}$/, /!$/])('leaves %p alone, which takes linear time', (pattern) => {
    expect(ratioOf(pattern)).toBeLessThan(1_000);
  });
});
