import { executeWrite, meterRequests, readItem, readItems, readTransaction } from '@cnop/database-core';
import { itemSizeBytes } from '@cnop/database-core/infrastructure';
import { loseRequest } from '@cnop/testing';
import { check, debit, purchase, purchaseKey, readPurchase, readWallet, walletKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

describe(meterRequests, () => {
  it('shows a transaction as it was sent, with the items of its puts', async () => {
    const { database } = await setup();
    const tableName = database.tableName('things');
    const removal = { ...debit(database, 1), write: { Delete: { TableName: tableName, Key: { pk: 'x', sk: 'y' } } } };
    const absence = { ...debit(database, 1), write: check(database, 'attribute_not_exists(pk)') };
    const plan = purchase(database, { actions: [debit(database, 10), removal, absence] });
    const meter = meterRequests(database);

    await executeWrite(database, plan);

    expect(meter.requests).toEqual([
      {
        target: 'TransactWriteItems',
        items: 4,
        writes: [
          { kind: 'Put', tableName, item: plan.guard.write.Put!.Item },
          { kind: 'Update', tableName, key: walletKey() },
          { kind: 'Delete', tableName, key: { pk: 'x', sk: 'y' } },
          { kind: 'ConditionCheck', tableName, key: { pk: 'nobody', sk: 'nothing' } },
        ],
      },
    ]);
    expect(itemSizeBytes(meter.requests[0]!.writes[0]!.item!)).toBe(itemSizeBytes((await readPurchase(database))!));
  });

  it('counts the items of every kind of request', async () => {
    const { database } = await setup();
    const tableName = database.tableName('things');
    const update = { ...purchase(database), guard: { ...purchase(database).guard, write: debit(database, 1).write } };
    const meter = meterRequests(database);

    await executeWrite(database, purchase(database, { actions: [] }));
    await executeWrite(database, { ...update, actions: [] });
    await readItem(database, { tableName, key: walletKey() });
    await readItems(database, { tableName, keys: [walletKey(), purchaseKey('o-1'), purchaseKey('o-2')] });
    await readTransaction(database, [
      { tableName, key: walletKey() },
      { tableName, key: purchaseKey('o-1') },
    ]);

    expect(meter.requests.map(({ target, items, writes }) => [target, items, writes.length])).toEqual([
      ['PutItem', 1, 1],
      ['UpdateItem', 1, 1],
      ['GetItem', 1, 0],
      ['BatchGetItem', 3, 0],
      ['TransactGetItems', 2, 0],
    ]);
  });

  it('counts every attempt, of reads and of writes', async () => {
    const { database, http } = await setup({ retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    http.script('TransactWriteItems', loseRequest());
    http.script('GetItem', loseRequest(), loseRequest());
    const meter = meterRequests(database);

    await executeWrite(database, purchase(database));
    await readWallet(database);

    expect(meter.requests.map(({ target }) => target)).toEqual([
      'TransactWriteItems',
      'TransactWriteItems',
      'GetItem',
      'GetItem',
      'GetItem',
    ]);
  });

  it('counts until it is stopped, and beside other meters', async () => {
    const { database } = await setup();
    const first = meterRequests(database);
    const second = meterRequests(database);

    await readWallet(database);
    first.stop();
    await readWallet(database);
    second.stop();
    await readWallet(database);

    expect(first.requests).toHaveLength(1);
    expect(second.requests).toHaveLength(2);
  });
});
