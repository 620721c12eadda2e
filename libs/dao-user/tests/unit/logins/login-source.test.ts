import { originOfAddress, originOfSession } from '../../../src/logins/login-policy.ts';

const sourceOf = (address?: string, name = 'alice') => originOfAddress(name, address).source;

describe(originOfAddress, () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ['2001:DB8:1:2::1', '2001:0db8:0001:0002:0::1'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
  ])('takes %s and %s for one source', (one, other) => {
    expect(sourceOf(one)).toBe(sourceOf(other));
  });

  it.each([
    ['192.0.2.1', '192.0.2.2'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.1', undefined],
    ['not an address', 'nor is this'],
    ['_hidden', undefined],
  ])('takes %s and %s for two', (one, other) => {
    expect(sourceOf(one)).not.toBe(sourceOf(other));
  });

  it('shows neither the address nor that two users share it', () => {
    expect(sourceOf('192.0.2.1')).toMatch(/^[\w-]{16}$/);
    expect(sourceOf('192.0.2.1', 'bob')).not.toBe(sourceOf('192.0.2.1'));
  });

  it('trusts no address by itself, but trusts a session, which is a source of its own', () => {
    expect(originOfAddress('alice', '192.0.2.1').trusted).toBe(false);
    expect(originOfSession('alice')).toEqual({
      source: expect.not.stringMatching(sourceOf()) as string,
      trusted: true,
    });
  });
});
