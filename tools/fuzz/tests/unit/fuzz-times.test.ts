import { fuzzTimes } from '../../src/fuzz-times.ts';
import { runs } from '../../src/runs.ts';

describe(fuzzTimes, () => {
  it('is one unless it is asked for', () => {
    expect(fuzzTimes({})).toBe(1);
  });

  it('reads a whole number', () => {
    expect(fuzzTimes({ CNOP_FUZZ_TIMES: '20' })).toBe(20);
  });

  it.each(['', '0', '-1', '1.5', '1e3', ' 2', '2\n', '١', 'many', '100000'])('refuses %j', (text) => {
    expect(() => fuzzTimes({ CNOP_FUZZ_TIMES: text })).toThrow(/^CNOP_FUZZ_TIMES must be a whole number/);
  });
});

describe(runs, () => {
  it('multiplies the runs of a property', () => {
    expect(runs(100)).toMatchObject({ numRuns: 100 * fuzzTimes() });
  });
});
