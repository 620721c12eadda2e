import { executeWrite, type Database, type WriteAction } from '@cnop/database-core';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import { BalanceDao, type BalanceMove } from '../../src/index.ts';
import { heldUpdates } from '../support/held-updates.ts';
import { sentItems } from '../support/sent-items.ts';

const move: BalanceMove = {
  owner: 'alice',
  code: 'USD',
  amountMinor: 1_250n,
  scale: 2,
  at: '2026-01-05T09:30:00.000Z',
};

const balance = { owner: move.owner, code: move.code, scale: move.scale, at: move.at };

/** The action as the only one of a write. */
const alone = (database: Database, { write }: WriteAction) =>
  executeWrite(database, { operation: 'test', guard: { write, writeId: 'w', onConditionFailed: () => undefined } });

describe('what a money write sends', () => {
  it('of a credit: adds, and makes the balance', async () => {
    const items = await sentItems((database) => alone(database, new BalanceDao({ database }).creditAction(move)));

    expect(items).toEqual([
      {
        Update: {
          Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression:
            'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :amount, version :one',
          TableName: 'ledger',
          ConditionExpression: '(attribute_not_exists(scale)) OR (scale = :scale)',
          ExpressionAttributeValues: {
            ':schemaVersion': { N: '1' },
            ':scale': { N: '2' },
            ':at': { S: '2026-01-05T09:30:00.000Z' },
            ':amount': { N: '1250' },
            ':one': { N: '1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('of a debit: takes what is there, of a balance that is not frozen', async () => {
    const items = await sentItems((database) => alone(database, new BalanceDao({ database }).debitAction(move)));

    expect(items).toEqual([
      {
        Update: {
          Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression: 'SET updatedAt = :at ADD availableMinor :change, version :one',
          TableName: 'ledger',
          ConditionExpression:
            '(scale = :scale) AND (availableMinor >= :amount) AND ((attribute_not_exists(#status)) OR (#status = :active))',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':scale': { N: '2' },
            ':at': { S: '2026-01-05T09:30:00.000Z' },
            ':amount': { N: '1250' },
            ':change': { N: '-1250' },
            ':active': { S: 'ACTIVE' },
            ':one': { N: '1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it.each(['hold', 'release', 'capture', 'creditHeld'] as const)('of every form of a %s: one update', async (name) => {
    for (const { move: part, update } of heldUpdates[name]) {
      const items = await sentItems((database) => {
        const balances = new BalanceDao({ database });
        return alone(database, balances[`${name}Action`]({ ...balance, ...part } as never));
      });

      expect(items).toEqual([
        {
          Update: {
            Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
            TableName: 'ledger',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            ...update,
            ExpressionAttributeValues: {
              ':scale': { N: '2' },
              ':at': { S: '2026-01-05T09:30:00.000Z' },
              ':one': { N: '1' },
              ...update.ExpressionAttributeValues,
            },
          },
        },
      ]);
    }
  });

  it('of a journal entry: the put that finds none', async () => {
    const entry = makeTransaction({
      transactionType: 'ORDER_PAYMENT',
      orderId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70',
      postings: [
        { code: 'USD', bucket: 'available', amountMinor: -(10n ** 20n), scale: 2 },
        { code: 'AAPL', bucket: 'available', amountMinor: 4n, scale: 0 },
      ],
      fill: { priceMinor: 25n * 10n ** 18n, priceScale: 2, quantityMinor: 4n, quantityScale: 0, side: 'BUY' },
    });

    const items = await sentItems((database) =>
      alone(database, new BalanceDao({ database }).putTransactionAction(entry)),
    );

    expect(items).toEqual([
      {
        Put: {
          Item: {
            pk: { S: 'OWNER#alice' },
            sk: { S: 'TXN#01JGJ8Q2XE0000000000000000' },
            schemaVersion: { N: '1' },
            transactionType: { S: 'ORDER_PAYMENT' },
            status: { S: 'COMPLETED' },
            postings: {
              L: [
                {
                  M: {
                    code: { S: 'USD' },
                    bucket: { S: 'available' },
                    amountMinor: { N: '-100000000000000000000' },
                    scale: { N: '2' },
                  },
                },
                { M: { code: { S: 'AAPL' }, bucket: { S: 'available' }, amountMinor: { N: '4' }, scale: { N: '0' } } },
              ],
            },
            orderId: { S: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70' },
            fill: {
              M: {
                priceMinor: { N: '25000000000000000000' },
                priceScale: { N: '2' },
                quantityMinor: { N: '4' },
                quantityScale: { N: '0' },
                side: { S: 'BUY' },
              },
            },
            createdAt: { S: '2026-01-02T03:04:05.678Z' },
            updatedAt: { S: '2026-01-02T03:04:05.678Z' },
            writeId: { S: '01KE6QVWE00000000000000000' },
          },
          TableName: 'ledger',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('of a deposit with a key: the claim, the entry, and the credit that counts as a deposit', async () => {
    const items = await sentItems((database) =>
      new BalanceDao({ database }).createTransaction({
        owner: 'alice',
        transactionType: 'DEPOSIT',
        code: 'USD',
        amountMinor: 1_250n,
        idempotencyKey: 'key-1',
        actor: 'admin',
      }),
    );

    expect(items).toEqual([
      {
        Put: {
          Item: {
            pk: { S: 'OWNER#alice' },
            sk: { S: 'KEY#admin#key-1' },
            schemaVersion: { N: '1' },
            requestHash: { S: 'mIUQhTowY_tH46J6VSedQ-syDFcSkrJDjO7AOY-ulsk' },
            transactionId: { S: '01KE6QVWE00000000000000001' },
            status: { S: 'ACCEPTED' },
            createdAt: { S: '2026-01-05T09:30:00.000Z' },
            writeId: { S: '01KE6QVWE00000000000000000' },
          },
          TableName: 'ledger',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Put: {
          Item: {
            pk: { S: 'OWNER#alice' },
            sk: { S: 'TXN#01KE6QVWE00000000000000001' },
            schemaVersion: { N: '1' },
            transactionType: { S: 'DEPOSIT' },
            status: { S: 'COMPLETED' },
            postings: {
              L: [
                {
                  M: { code: { S: 'USD' }, bucket: { S: 'available' }, amountMinor: { N: '1250' }, scale: { N: '2' } },
                },
              ],
            },
            actor: { S: 'admin' },
            idempotencyKey: { S: 'key-1' },
            createdAt: { S: '2026-01-05T09:30:00.000Z' },
            updatedAt: { S: '2026-01-05T09:30:00.000Z' },
            writeId: { S: '01KE6QVWE00000000000000000' },
          },
          TableName: 'ledger',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: {
          Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression:
            'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :amount, version :one, totalDepositedMinor :amount',
          TableName: 'ledger',
          ConditionExpression: '(attribute_not_exists(scale)) OR (scale = :scale)',
          ExpressionAttributeValues: {
            ':schemaVersion': { N: '1' },
            ':scale': { N: '2' },
            ':at': { S: '2026-01-05T09:30:00.000Z' },
            ':amount': { N: '1250' },
            ':one': { N: '1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('of a transfer with a key: the claim, an entry on each side, the debit and the credit, and no more', async () => {
    const items = await sentItems((database) =>
      new BalanceDao({ database }).transfer({
        from: 'alice',
        to: 'bob',
        code: 'USD',
        amount: '12.50',
        description: 'Rent',
        idempotencyKey: 'key-1',
      }),
    );

    const values = {
      ':scale': { N: '2' },
      ':at': { S: '2026-01-05T09:30:00.000Z' },
      ':amount': { N: '1250' },
      ':one': { N: '1' },
    };
    const shared = {
      schemaVersion: { N: '1' },
      transactionType: { S: 'TRANSFER' },
      status: { S: 'COMPLETED' },
      description: { S: 'Rent' },
      createdAt: { S: '2026-01-05T09:30:00.000Z' },
      updatedAt: { S: '2026-01-05T09:30:00.000Z' },
    };
    const usd = (amount: string) => ({
      L: [{ M: { code: { S: 'USD' }, bucket: { S: 'available' }, amountMinor: { N: amount }, scale: { N: '2' } } }],
    });
    const put = (Item: object) => ({
      Put: {
        Item,
        TableName: 'ledger',
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
    expect(items).toEqual([
      put({
        pk: { S: 'OWNER#alice' },
        sk: { S: 'KEY#alice#key-1' },
        schemaVersion: { N: '1' },
        requestHash: { S: '9s0f5lAlBp2U-PyPmsVh9qXNibGCfwDnpa_ymH1pqQg' },
        transactionId: { S: '01KE6QVWE00000000000000001' },
        status: { S: 'ACCEPTED' },
        createdAt: { S: '2026-01-05T09:30:00.000Z' },
        writeId: { S: '01KE6QVWE00000000000000000' },
      }),
      put({
        pk: { S: 'OWNER#alice' },
        sk: { S: 'TXN#01KE6QVWE00000000000000001' },
        ...shared,
        postings: usd('-1250'),
        counterparty: { S: 'bob' },
        idempotencyKey: { S: 'key-1' },
        writeId: { S: '01KE6QVWE00000000000000000' },
      }),
      put({
        pk: { S: 'OWNER#bob' },
        sk: { S: 'TXN#01KE6QVWE00000000000000001' },
        ...shared,
        postings: usd('1250'),
        counterparty: { S: 'alice' },
        writeId: { S: '01KE6QVWE00000000000000002' },
      }),
      {
        Update: {
          Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression: 'SET updatedAt = :at ADD availableMinor :change, version :one',
          TableName: 'ledger',
          ConditionExpression:
            '(scale = :scale) AND (availableMinor >= :amount) AND ((attribute_not_exists(#status)) OR (#status = :active))',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ...values, ':change': { N: '-1250' }, ':active': { S: 'ACTIVE' } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: {
          Key: { pk: { S: 'OWNER#bob' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression:
            'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :amount, version :one',
          TableName: 'ledger',
          ConditionExpression: 'scale = :scale',
          ExpressionAttributeValues: { ...values, ':schemaVersion': { N: '1' } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('of a withdrawal without a key: the entry, and the debit that counts as a withdrawal', async () => {
    const items = await sentItems((database) =>
      new BalanceDao({ database }).createTransaction({
        owner: 'alice',
        transactionType: 'WITHDRAW',
        code: 'USD',
        amountMinor: 1_250n,
      }),
    );

    expect(items).toEqual([
      {
        Put: {
          Item: {
            pk: { S: 'OWNER#alice' },
            sk: { S: 'TXN#01KE6QVWE00000000000000001' },
            schemaVersion: { N: '1' },
            transactionType: { S: 'WITHDRAW' },
            status: { S: 'COMPLETED' },
            postings: {
              L: [
                {
                  M: { code: { S: 'USD' }, bucket: { S: 'available' }, amountMinor: { N: '-1250' }, scale: { N: '2' } },
                },
              ],
            },
            createdAt: { S: '2026-01-05T09:30:00.000Z' },
            updatedAt: { S: '2026-01-05T09:30:00.000Z' },
            writeId: { S: '01KE6QVWE00000000000000000' },
          },
          TableName: 'ledger',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: {
          Key: { pk: { S: 'OWNER#alice' }, sk: { S: 'BALANCE#USD' } },
          UpdateExpression: 'SET updatedAt = :at ADD availableMinor :change, version :one, totalWithdrawnMinor :amount',
          TableName: 'ledger',
          ConditionExpression:
            '(scale = :scale) AND (availableMinor >= :amount) AND ((attribute_not_exists(#status)) OR (#status = :active))',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':scale': { N: '2' },
            ':at': { S: '2026-01-05T09:30:00.000Z' },
            ':amount': { N: '1250' },
            ':change': { N: '-1250' },
            ':active': { S: 'ACTIVE' },
            ':one': { N: '1' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });
});
