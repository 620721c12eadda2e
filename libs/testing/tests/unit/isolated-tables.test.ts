import { isolatedTables } from '../../src/isolated-tables.ts';

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
