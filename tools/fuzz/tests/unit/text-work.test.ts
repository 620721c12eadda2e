import { worstTextWork } from '../../src/text-work.ts';

const textOf = (length: number) => `${'a'.repeat(length)}!`;

describe(worstTextWork, () => {
  it.each([
    ['exponential', /^(?:a|aa)+$/],
    ['quadratic', /a+b/],
  ])('finds a pattern that takes %s time', (_, pattern) => {
    expect(worstTextWork((text) => pattern.test(text), textOf, 1_000).ratio).toBeGreaterThan(1_000);
  });

  it.each([/^a+$/, /^[a-z]{1,20}$/, /!$/])('leaves %p alone, which takes linear time', (pattern) => {
    expect(worstTextWork((text) => pattern.test(text), textOf, 1_000).ratio).toBeLessThan(1_000);
  });
});
