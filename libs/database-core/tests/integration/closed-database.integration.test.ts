import { executeWrite, queryItems, readItem, readTransaction } from '@cnop/database-core';
import { loseRequest } from '@cnop/testing';
import { purchase, purchaseKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';
import { openTestDatabase } from '../support/test-database.ts';

const closed = { code: 'DATABASE_UNAVAILABLE', cause: { message: 'It was closed.' } };

describe('a database that was closed', () => {
  it('sends no write and no read', async () => {
    const { database, http } = openTestDatabase();
    const address = { tableName: database.tableName('things'), key: purchaseKey('o-1') };
    database.close();

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject(closed);
    await expect(executeWrite(database, purchase(database, { actions: [], clientNamed: false }))).rejects.toMatchObject(
      closed,
    );
    await expect(readItem(database, address)).rejects.toMatchObject(closed);
    await expect(readTransaction(database, [address])).rejects.toMatchObject(closed);
    await expect(queryItems(database, { TableName: address.tableName }).next()).rejects.toMatchObject(closed);
    expect(http.calls).toEqual([]);
  });

  it('leaves a write unknown that it closed between two attempts', async () => {
    const { database, http } = await setup();
    const { database: closing, http: sent } = openTestDatabase({
      tables: { things: database.tableName('things') },
      sleep: async () => {
        closing.close();
      },
    });
    sent.script('TransactWriteItems', loseRequest());

    await expect(executeWrite(closing, purchase(closing))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(sent.bodiesOf('TransactWriteItems')).toHaveLength(1);
    expect(http.bodiesOf('TransactWriteItems')).toEqual([]);
  });
});
