import { createDatabase, preparedOnce, type Database } from '@cnop/database-core';

const open = () => createDatabase({ region: 'eu-west-1', tables: { things: 'prod-things' } });

describe(preparedOnce, () => {
  it('makes a thing once for each database', () => {
    const [one, other] = [open(), open()];
    const prepare = jest.fn((database: Database) => ({ tableName: database.tableName('things') }));

    const first = preparedOnce(one, prepare);

    expect(first).toEqual({ tableName: 'prod-things' });
    expect(preparedOnce(one, prepare)).toBe(first);
    expect(preparedOnce(other, prepare)).not.toBe(first);
    expect(prepare).toHaveBeenCalledTimes(2);
  });

  it('keeps what is undefined too, and tells two functions apart', () => {
    const database = open();
    const nothing = jest.fn(() => undefined);

    expect([preparedOnce(database, nothing), preparedOnce(database, nothing)]).toEqual([undefined, undefined]);
    expect(nothing).toHaveBeenCalledTimes(1);
    expect(preparedOnce(database, () => 1)).toBe(1);
  });

  it('keeps nothing of a function that throws', () => {
    const database = open();
    const prepare = jest.fn(() => database.tableName('others'));

    expect(() => preparedOnce(database, prepare)).toThrow('others');
    expect(() => preparedOnce(database, prepare)).toThrow('others');
    expect(prepare).toHaveBeenCalledTimes(2);
  });
});

describe('hasTable', () => {
  it('tells a table that was given from one that was not', () => {
    const database = open();

    expect([database.hasTable('things'), database.hasTable('others')]).toEqual([true, false]);
  });
});
