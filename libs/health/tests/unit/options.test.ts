import { createHealthRegistry, type HealthCheck, type HealthRegistryOptions } from '@cnop/health';

const refusalOf = (setting: string): unknown =>
  expect.objectContaining({
    code: 'CONFIGURATION_INVALID',
    details: { settings: [expect.objectContaining({ setting })] },
  });

/** What registering throws. */
function registering(check: Partial<HealthCheck>): unknown {
  try {
    createHealthRegistry().register({ name: 'table', check: () => undefined, ...check });
    return undefined;
  } catch (error) {
    return error;
  }
}

describe(createHealthRegistry, () => {
  it.each<[string, HealthRegistryOptions]>([
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: Number.POSITIVE_INFINITY }],
    ['cacheMs', { cacheMs: -1 }],
    ['cacheMs', { cacheMs: Number.NaN }],
  ])('refuses a wrong %s: %p', (setting, options) => {
    let thrown: unknown;

    try {
      createHealthRegistry(options);
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toEqual(refusalOf(setting));
  });
});

describe('register', () => {
  it.each<[string, Partial<HealthCheck>]>([
    ['name', { name: '' }],
    ['name', { name: 'two words' }],
    ['name', { name: 'line\n' }],
    ['name', { name: 'a'.repeat(301) }],
    ['kinds', { kinds: [] }],
    ['kinds', { kinds: ['alive' as 'liveness'] }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: 2.5 }],
    ['cacheMs', { cacheMs: -1 }],
  ])('refuses a wrong %s: %p', (setting, check) => {
    expect(registering(check)).toEqual(refusalOf(setting));
  });

  it.each<[string, Partial<HealthCheck>]>([
    ['a table by its ARN', { name: 'dynamodb:arn:aws:dynamodb:eu-central-1:123456789012:table/orders' }],
    ['a name that objects inherit', { name: '__proto__' }],
    [
      'settings that are undefined',
      { kinds: undefined, timeoutMs: undefined, cacheMs: undefined, critical: undefined },
    ],
    ['no cache', { cacheMs: 0 }],
  ])('accepts %s', (_case, check) => {
    expect(registering(check)).toBeUndefined();
  });

  it('shows a check whose name objects inherit', async () => {
    const health = createHealthRegistry();
    health.register({ name: '__proto__', check: () => undefined });

    expect(Object.keys((await health.readiness()).checks)).toEqual(['__proto__']);
  });

  it('refuses a name that is taken', () => {
    const health = createHealthRegistry();
    health.register({ name: 'table', check: () => undefined });
    let thrown: unknown;

    try {
      health.register({ name: 'table', check: () => undefined });
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toEqual(refusalOf('name'));
  });
});
