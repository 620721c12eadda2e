import fc from 'fast-check';

import { fullJitterDelay } from '@cnop/utils';

const policy = { maxAttempts: 8, baseDelayMs: 20, maxDelayMs: 1_000 };
const almostOne = () => 1 - Number.EPSILON;

describe(fullJitterDelay, () => {
  it('doubles the longest delay with every attempt, up to the cap', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => fullJitterDelay(attempt, policy, almostOne));

    expect(delays).toEqual([19, 39, 79, 159, 319, 639, 999, 999]);
  });

  it('may be as short as nothing', () => {
    expect(fullJitterDelay(5, policy, () => 0)).toBe(0);
  });

  it('spreads over the whole range', () => {
    expect(fullJitterDelay(3, policy, () => 0.5)).toBe(40);
  });

  it('stays whole and within its bounds for any attempt and policy', () => {
    const milliseconds = fc.nat(1_000_000);

    fc.assert(
      fc.property(fc.integer({ min: 1 }), milliseconds, milliseconds, (attempt, baseDelayMs, maxDelayMs) => {
        const delay = fullJitterDelay(attempt, { maxAttempts: 3, baseDelayMs, maxDelayMs });

        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.max(0, Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1)) || 0));
      }),
    );
  });
});
