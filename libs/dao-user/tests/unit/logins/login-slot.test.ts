import { loginSlotOf } from '../../../src/logins/login-policy.ts';

const names = Array.from({ length: 40_000 }, (_, index) => `name-${index}`);

describe(loginSlotOf, () => {
  it('spreads names over a fixed number of slots', () => {
    const slots = new Set(names.map((name) => loginSlotOf(name, 'key').slot));

    expect(Math.max(...slots)).toBeLessThan(16_384);
    expect(slots.size).toBeGreaterThan(14_000);
  });

  it('tells names apart that share a slot', () => {
    const digests = new Set(names.map((name) => loginSlotOf(name, 'key').name));

    expect(digests.size).toBe(names.length);
  });

  it('is the same for the same key, and another for another', () => {
    expect(loginSlotOf('alice', 'key')).toEqual(loginSlotOf('alice', 'key'));
    expect(loginSlotOf('alice', 'key').name).not.toBe(loginSlotOf('alice', 'other').name);
  });

  it('takes a text of any length', () => {
    expect(loginSlotOf('x'.repeat(100_000), 'key').name).toHaveLength(22);
  });
});
