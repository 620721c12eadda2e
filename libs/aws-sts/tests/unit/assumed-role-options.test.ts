import { inspect } from 'node:util';

import {
  createAssumedRoleCredentials,
  type AssumedRole,
  type AssumedRoleCredentialsOptions,
  type AwsCredentialSource,
} from '@cnop/aws-sts';

import { makeRole } from '../fixtures.ts';

const region = 'eu-central-1';
const longTermKeys = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const tagsNamed = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));

/** The setting that is refused, if any. */
function refusedSetting(options: Partial<AssumedRoleCredentialsOptions>): unknown {
  try {
    createAssumedRoleCredentials({ region, role: makeRole(), ...options });
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'CONFIGURATION_INVALID' });
    return (error as { details: { settings: [{ setting: unknown }] } }).details.settings[0].setting;
  }
}

describe('options of a role', () => {
  it.each<[string, Partial<AssumedRole>]>([
    ['the least', {}],
    ['a role with a path in another partition', { roleArn: 'arn:aws-us-gov:iam::123456789012:role/team/a/orders' }],
    ['the shortest session name', { roleSessionName: 'ab' }],
    ['the longest session name', { roleSessionName: 'a'.repeat(64) }],
    ['every character of a session name', { roleSessionName: 'aZ09_+=,.@-' }],
    ['every character of an external id', { externalId: 'aZ09_+=,.@:/-' }],
    ['the shortest duration', { durationSeconds: 900 }],
    ['the longest duration', { durationSeconds: 43_200 }],
    ['a policy as text', { policy: '{"Statement":[]}' }],
    ['a policy as an object', { policy: { Statement: [] } }],
    ['a policy of 2048 characters', { policy: { Statement: 'x'.repeat(2_048 - '{"Statement":""}'.length) } }],
    ['ten policies', { policyArns: Array<string>(10).fill('arn:aws:iam::aws:policy/ReadOnlyAccess') }],
    ['50 tags', { tags: tagsNamed(50) }],
    ['an empty tag value', { tags: { team: '' } }],
    ['a tag of letters beyond ASCII', { tags: { équipe: 'Größe 1' } }],
    ['a transitive key in another case', { tags: { Team: 'orders' }, transitiveTagKeys: ['team'] }],
  ])('accepts %s', (_case, role) => {
    expect(refusedSetting({ role: makeRole(role), refreshMarginMs: 1_000 })).toBeUndefined();
  });

  it.each<[string, keyof AssumedRole, Partial<AssumedRole>]>([
    ['an ARN of something else', 'roleArn', { roleArn: 'arn:aws:iam::123456789012:user/orders' }],
    ['no ARN', 'roleArn', { roleArn: 'orders' }],
    ['a session name with a space', 'roleSessionName', { roleSessionName: 'order service' }],
    ['a session name with a slash', 'roleSessionName', { roleSessionName: 'order/service' }],
    ['a session name ending in a line break', 'roleSessionName', { roleSessionName: 'orders\n' }],
    ['a short session name', 'roleSessionName', { roleSessionName: 'a' }],
    ['a long session name', 'roleSessionName', { roleSessionName: 'a'.repeat(65) }],
    ['an empty external id', 'externalId', { externalId: '' }],
    ['an external id with a space', 'externalId', { externalId: 'a b' }],
    ['a long external id', 'externalId', { externalId: 'a'.repeat(1_225) }],
    ['a short duration', 'durationSeconds', { durationSeconds: 899 }],
    ['a long duration', 'durationSeconds', { durationSeconds: 43_201 }],
    ['a broken duration', 'durationSeconds', { durationSeconds: 900.5 }],
    ['a policy that is not JSON', 'policy', { policy: '{' }],
    ['a policy that is a list', 'policy', { policy: [] }],
    ['a policy that is JSON text of a text', 'policy', { policy: '"allow"' }],
    ['a policy that is null', 'policy', { policy: 'null' }],
    ['an empty policy', 'policy', { policy: '' }],
    ['a long policy', 'policy', { policy: { Statement: 'x'.repeat(2_048) } }],
    ['a policy with a character above U+00FF', 'policy', { policy: { Sid: '€' } }],
    ['eleven policies', 'policyArns', { policyArns: Array<string>(11).fill('arn:aws:iam::aws:policy/A') }],
    ['a policy by name', 'policyArns', { policyArns: ['ReadOnlyAccess'] }],
    ['51 tags', 'tags', { tags: tagsNamed(51) }],
    ['an empty tag key', 'tags', { tags: { '': 'x' } }],
    ['a long tag key', 'tags', { tags: { ['k'.repeat(129)]: 'x' } }],
    ['a long tag value', 'tags', { tags: { team: 'x'.repeat(257) } }],
    ['a tag value with a quote', 'tags', { tags: { team: '"' } }],
    ["AWS's own tag prefix", 'tags', { tags: { 'AWS:team': 'x' } }],
    ['tag keys that differ in case only', 'tags', { tags: { Team: 'a', team: 'b' } }],
    ['a transitive key that is no tag', 'transitiveTagKeys', { tags: { team: 'a' }, transitiveTagKeys: ['other'] }],
    ['a transitive key without tags', 'transitiveTagKeys', { transitiveTagKeys: ['team'] }],
  ])('refuses %s', (_case, field, role) => {
    expect(refusedSetting({ role: makeRole(role) })).toBe(`role.${field}`);
  });

  it('does not repeat a refused value', () => {
    let refused: unknown;

    try {
      createAssumedRoleCredentials({ region, role: makeRole({ externalId: 'hush hush' }) });
    } catch (error) {
      refused = error;
    }

    expect(inspect(refused)).toContain('role.externalId');
    expect(inspect(refused)).not.toContain('hush');
  });
});

describe('options of a chain', () => {
  it('names the role at fault', () => {
    expect(refusedSetting({ role: [makeRole(), makeRole({ roleArn: 'x' })] })).toBe('role[1].roleArn');
  });

  it('lets only the first role last longer than an hour', () => {
    const long = makeRole({ durationSeconds: 3_601 });

    expect(refusedSetting({ role: [long, makeRole()] })).toBeUndefined();
    expect(refusedSetting({ role: [makeRole(), long] })).toBe('role[1].durationSeconds');
  });

  it.each<[string, AwsCredentialSource | undefined, unknown]>([
    ['the default chain', undefined, undefined],
    ['long-term keys', longTermKeys, undefined],
    ['keys of a session', { ...longTermKeys, sessionToken: 'token' }, 'role.durationSeconds'],
    ['another provider', () => Promise.resolve(longTermKeys), 'role.durationSeconds'],
  ])('judges whether the source is a role: %s', (_case, sourceCredentials, refused) => {
    expect(refusedSetting({ role: makeRole({ durationSeconds: 3_601 }), sourceCredentials })).toBe(refused);
  });

  it('refuses an empty chain', () => {
    expect(refusedSetting({ role: [] })).toBe('role');
  });
});

describe('other options', () => {
  it.each<[string, Partial<AssumedRoleCredentialsOptions>]>([
    ['region', { region: '' }],
    ['region', { region: 'eu-central-1.evil.example' }],
    ['endpoint', { endpoint: 'sts.local' }],
    ['endpoint', { endpoint: 'file:///etc/passwd' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: 1.5 }],
    ['refreshMarginMs', { refreshMarginMs: -1 }],
    ['refreshMarginMs', { refreshMarginMs: Number.NaN }],
    ['refreshMarginMs', { refreshMarginMs: 3_600_000 }],
    ['refreshMarginMs', { refreshMarginMs: 900_000, role: [makeRole(), makeRole({ durationSeconds: 900 })] }],
  ])('refuses a wrong %s: %j', (setting, options) => {
    expect(refusedSetting(options)).toBe(setting);
  });

  it('accepts an endpoint of its own, no margin and a time-out', () => {
    expect(refusedSetting({ endpoint: 'https://sts.internal', refreshMarginMs: 0, timeoutMs: 1 })).toBeUndefined();
  });
});
