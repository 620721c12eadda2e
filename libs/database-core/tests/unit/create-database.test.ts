import { createDatabase, type DatabaseOptions } from '@cnop/database-core';
import { createManualClock, systemClock } from '@cnop/utils';
import { thrownBy } from '../support/thrown-by.ts';

const options: DatabaseOptions = { region: 'eu-west-1', tables: { users: 'prod-users' } };

describe(createDatabase, () => {
  it('knows the physical names of its tables', () => {
    const database = createDatabase(options);

    expect(database.tableName('users')).toBe('prod-users');
    expect(thrownBy(() => database.tableName('orders'))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: 'tables.orders', rule: 'is required' }] },
    });
  });

  it('pins the retry policy and takes time, ids and chance from the machine', () => {
    const database = createDatabase(options);

    expect(database.retry).toEqual({ maxAttempts: 10, baseDelayMs: 20, maxDelayMs: 1_000 });
    expect(database.clock).toBe(systemClock);
    expect(database.ids.uuid()).toMatch(/^[0-9a-f-]{36}$/);
    expect(database.random()).toBeLessThan(1);
  });

  it('takes what is injected, and ids from the injected clock', () => {
    const clock = createManualClock('2026-01-01T00:00:00Z');
    const database = createDatabase({ ...options, clock, random: () => 0.5, retry: { maxAttempts: 3 } });

    expect(database.clock).toBe(clock);
    expect(database.random()).toBe(0.5);
    expect(database.retry).toEqual({ maxAttempts: 3, baseDelayMs: 20, maxDelayMs: 1_000 });
    expect(parseInt(database.ids.uuid().replaceAll('-', '').slice(0, 12), 16)).toBe(clock.now().getTime());
  });

  it('lets a setting that is undefined not overwrite a default', () => {
    const database = createDatabase({
      ...options,
      retry: { maxAttempts: undefined },
      timeouts: { connectMs: undefined },
    });

    expect(database.retry.maxAttempts).toBe(10);
  });

  it('shares one pool of connections between reads and writes', () => {
    const { reader, writer } = createDatabase(options);

    expect(writer.config.requestHandler).toBe(reader.config.requestHandler);
  });

  it('lets the SDK try a write once, whatever the environment says', async () => {
    process.env['AWS_MAX_ATTEMPTS'] = '7';
    process.env['AWS_RETRY_MODE'] = 'adaptive';

    const { writer } = createDatabase(options);

    expect(await writer.config.maxAttempts()).toBe(1);
    expect(await writer.config.retryStrategy()).toMatchObject({ mode: 'standard' });
    delete process.env['AWS_MAX_ATTEMPTS'];
    delete process.env['AWS_RETRY_MODE'];
  });

  it.each<[string, Partial<DatabaseOptions>]>([
    ['region', { region: '' }],
    ['endpoint', { endpoint: 'localhost:8000' }],
    ['endpoint', { endpoint: 'not an address' }],
    ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
    ['retry.baseDelayMs', { retry: { baseDelayMs: 1.5 } }],
    ['retry.maxDelayMs', { retry: { maxDelayMs: NaN } }],
    ['timeouts.connectMs', { timeouts: { connectMs: -1 } }],
    ['timeouts.requestMs', { timeouts: { requestMs: Infinity } }],
    ['maxSockets', { maxSockets: 0 }],
    ['region', { region: 'eu-west' }],
    ['region', { region: undefined }],
    ['tables', { tables: undefined }],
    ['tables', { tables: 'users' as never }],
    ['tables.users', { tables: { users: 'my users' } }],
    ['tables.users', { tables: { users: undefined as never } }],
    ['tables.ledger', { tables: { users: 'prod-users', ledger: 'prod-users' } }],
    ['endpont', { endpont: 'http://127.0.0.1:8000' } as never],
    ['retry.attempts', { retry: { attempts: 3 } as never }],
    ['timeouts.requestMS', { timeouts: { requestMS: 3 } as never }],
    ['singleWrites', { singleWrites: 'both' as never }],
    ['retryTokens', { retryTokens: 0 }],
    ['maxClockErrorMs', { maxClockErrorMs: -Infinity }],
    ['clock', { clock: 12 as never }],
    ['random', { random: 0.5 as never }],
  ])('refuses a wrong %s at once', (setting, wrong) => {
    expect(thrownBy(() => createDatabase({ ...options, ...wrong }))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting }] },
    });
  });

  it('names all that is wrong in one error, and never a value', () => {
    const wrong = {
      tables: { users: 'my users', ledger: 'both', orders: 'both' },
      endpont: 'secret',
      retry: { maxAttempts: 0 },
    };

    expect(thrownBy(() => createDatabase(wrong as never))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: {
        settings: [
          { setting: 'region', rule: 'is required' },
          { setting: 'tables.users', rule: 'must be 3 to 255 letters, digits, "_", "." or "-"' },
          { setting: 'tables.orders', rule: 'must name another table than tables.ledger' },
          { setting: 'retry.maxAttempts', rule: 'must be a positive whole number' },
          { setting: 'endpont', rule: 'is not known' },
        ],
      },
    });
    expect(thrownBy(() => createDatabase({} as never)).message).toBe(
      'configuration: region is required; tables is required',
    );
    expect(thrownBy(() => createDatabase(undefined as never))).toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('takes bounds without end', () => {
    expect(() => createDatabase({ ...options, retryTokens: Infinity, maxClockErrorMs: Infinity })).not.toThrow();
  });

  it('knows no table by the name of a property of every object', () => {
    const database = createDatabase(options);

    expect(database.hasTable('constructor')).toBe(false);
    expect(thrownBy(() => database.tableName('constructor'))).toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
