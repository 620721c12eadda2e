import { sharedErrors } from '@cnop/exceptions';
import { executeWrite, type Database, type WritePlan } from '@cnop/database-core';
import { conflict, loseRequest, loseResponse } from '@cnop/testing';
import { purchase, readPurchase, readWallet, tokenOf, walletKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const open = () => setup({ singleWrites: 'transaction' });

/** Takes 1 out of the wallet if it holds so much. */
const take = (database: Database, held: number): WritePlan => ({
  operation: 'take',
  guard: {
    write: {
      Update: {
        TableName: database.tableName('things'),
        Key: walletKey(),
        UpdateExpression: 'SET available = available - :one, writeId = :writeId',
        ConditionExpression: 'available = :held',
        ExpressionAttributeValues: { ':one': 1, ':held': held, ':writeId': 'w-1' },
      },
    },
    writeId: 'w-1',
    onConditionFailed: () => new sharedErrors.VersionConflictError({ resource: 'wallet', expectedVersion: held }),
  },
});

describe('a database that sends single writes as transactions', () => {
  it('sends a put and an update as a TransactWriteItems of one, and nothing plainly', async () => {
    const { database, http } = await open();

    const put = await executeWrite(database, { ...purchase(database), actions: [] });
    const updated = await executeWrite(database, take(database, 100));

    expect(put).toEqual({ replayed: false, item: expect.objectContaining({ status: 'COMPLETED' }) as unknown });
    expect(updated).toEqual({ replayed: false });
    expect(await readWallet(database)).toBe(99);
    const writes = http.bodiesOf('TransactWriteItems').map((body) => JSON.parse(body) as { TransactItems: unknown[] });
    expect(writes.map(({ TransactItems }) => TransactItems.length)).toEqual([1, 1]);
    expect(http.bodiesOf('UpdateItem')).toEqual([]);
  });

  it('reads a failed condition as it does that of a plain write', async () => {
    const { database } = await open();

    await expect(executeWrite(database, take(database, 5))).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await readWallet(database)).toBe(100);
  });

  it.each([loseResponse(), loseRequest(), conflict()])(
    'carries it out once when its exchange is disturbed',
    async (fault) => {
      const { database, http } = await open();
      http.script('TransactWriteItems', fault);

      const { replayed } = await executeWrite(database, take(database, 100));

      const tokens = new Set(http.bodiesOf('TransactWriteItems').map(tokenOf));
      expect({ replayed, tokens: tokens.size }).toEqual({ replayed: false, tokens: 1 });
      expect(await readWallet(database)).toBe(99);
    },
  );

  it('puts a fence in a transaction too', async () => {
    const { database, http } = await setup({ singleWrites: 'transaction', available: 1 });
    http.script('TransactWriteItems', loseRequest());

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });

    expect(await readPurchase(database)).toMatchObject({ status: 'FAILED' });
    expect(http.calls.filter(({ target }) => target === 'TransactWriteItems')).toHaveLength(3);
  });
});
