import { isolatedTables, testConnection } from '../../src/test-connection.ts';

describe(isolatedTables, () => {
  it('names each table after its logical name', () => {
    const tables = isolatedTables(['users', 'orders']);

    expect(Object.keys(tables)).toEqual(['users', 'orders']);
    expect(tables.users).toMatch(/^test-[0-9a-f]{12}-users$/);
    expect(tables.orders).toMatch(/^test-[0-9a-f]{12}-orders$/);
  });

  it('gives other names at every call', () => {
    expect(isolatedTables(['users'])).not.toEqual(isolatedTables(['users']));
  });

  it('puts the prefix in front', () => {
    expect(isolatedTables(['users'], 'audit').users).toMatch(/^audit-/);
  });

  it('names tables as DynamoDB allows', () => {
    expect(isolatedTables(['users']).users).toMatch(/^[a-zA-Z0-9_.-]{3,255}$/);
  });
});

describe(testConnection, () => {
  const given = process.env['DYNAMODB_ENDPOINT'];
  afterEach(() => {
    if (given === undefined) delete process.env['DYNAMODB_ENDPOINT'];
    else process.env['DYNAMODB_ENDPOINT'] = given;
  });

  it('is the DynamoDB that the environment names', () => {
    process.env['DYNAMODB_ENDPOINT'] = 'http://127.0.0.1:8000';

    expect(testConnection()).toMatchObject({ region: 'us-east-1', endpoint: 'http://127.0.0.1:8000' });
  });

  it('says how to have one where there is none', () => {
    delete process.env['DYNAMODB_ENDPOINT'];

    expect(() => testConnection()).toThrow('cnop-with-dynamodb');
  });
});
