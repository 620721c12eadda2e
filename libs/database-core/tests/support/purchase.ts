import { randomUUID } from 'node:crypto';
import { defineErrors, sharedErrors } from '@cnop/exceptions';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  readItem,
  type Database,
  type RawItem,
  type WriteAction,
  type ItemWrite,
  type WritePlan,
} from '@cnop/database-core';
import { cancelTransaction } from '@cnop/testing';

const { WalletError } = defineErrors({
  WalletError: {
    code: 'WALLET_INSUFFICIENT',
    status: 422,
    title: 'The wallet does not cover the cost.',
    advice: 'Fill the wallet.',
    message: ({ available, required }: Readonly<Record<'available' | 'required', string>>) =>
      `available ${available}, required ${required}`,
  },
});

/** The key that names a purchase; its item is the guard. */
export const purchaseKey = (id: string) => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
export const walletKey = (owner = 'ann') => ({ pk: `USER#${owner}`, sk: 'BALANCE#USD' });

export interface PurchaseOptions {
  readonly id?: string;
  readonly cost?: number;
  readonly writeId?: string;
  readonly hash?: string;
  readonly clientNamed?: boolean;
  /** Whether the guard knows a fence. Default true. */
  readonly fenced?: boolean;
  readonly actions?: readonly WriteAction[];
}

/** Puts a purchase, guarded by its key, and takes its cost out of a wallet that must have it. */
export function purchase(database: Database, options: PurchaseOptions = {}): WritePlan {
  const { id = 'o-1', cost = 10, writeId = randomUUID(), hash = 'hash', clientNamed = true, fenced = true } = options;
  const put = (item: RawItem) => ({
    Put: {
      TableName: database.tableName('things'),
      Item: { ...purchaseKey(id), ...item },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  return {
    operation: 'purchase',
    reference: { orderId: id },
    guard: {
      write: put({ status: 'COMPLETED', writeId, hash }),
      writeId,
      clientNamed,
      onConditionFailed: (old) => (old?.['hash'] === hash ? undefined : new sharedErrors.IdempotencyKeyReusedError({})),
      ...(fenced && {
        fence: (refusal) => ({
          write: put({ status: 'FAILED', failureCode: refusal.code, writeId: `fence-${writeId}`, hash }),
          writeId: `fence-${writeId}`,
        }),
      }),
    },
    actions: options.actions ?? [debit(database, cost)],
  };
}

/** Takes `cost` out of the wallet. */
export function debit(database: Database, cost: number): WriteAction {
  return {
    write: {
      Update: {
        TableName: database.tableName('things'),
        Key: walletKey(),
        UpdateExpression: 'SET available = available - :cost',
        ConditionExpression: 'available >= :cost',
        ExpressionAttributeValues: { ':cost': cost },
      },
    },
    onConditionFailed: (old) =>
      new WalletError({
        available: String(Number(old?.['available'] ?? 0)),
        required: String(cost),
      }),
  };
}

/** Puts an item past the scripted faults of the writer's operations: as a caller elsewhere would. */
export const putItem = (database: Database, item: RawItem) =>
  database.reader.send(new PutCommand({ TableName: database.tableName('things'), Item: item }));

export const fillWallet = (database: Database, available: number) => putItem(database, { ...walletKey(), available });

export const deposit = (database: Database, amount: number) =>
  database.reader.send(
    new UpdateCommand({
      TableName: database.tableName('things'),
      Key: walletKey(),
      UpdateExpression: 'ADD available :amount',
      ExpressionAttributeValues: { ':amount': amount },
    }),
  );

export const readPurchase = (database: Database, id = 'o-1') =>
  readItem(database, { tableName: database.tableName('things'), key: purchaseKey(id) });

export async function readWallet(database: Database): Promise<unknown> {
  const wallet = await readItem(database, { tableName: database.tableName('things'), key: walletKey() });

  return wallet?.['available'];
}

/** Asks for something of an item that does not exist. */
export const check = (database: Database, ConditionExpression: string): ItemWrite => ({
  ConditionCheck: {
    TableName: database.tableName('things'),
    Key: { pk: 'nobody', sk: 'nothing' },
    ConditionExpression,
  },
});

/** The answer to a purchase when the wallet holds too little. */
export const refused = cancelTransaction('None', {
  Code: 'ConditionalCheckFailed',
  Item: { available: { N: '1' } },
});

/** The client request token of a sent transaction. */
export const tokenOf = (body: string) => (JSON.parse(body) as { ClientRequestToken?: string }).ClientRequestToken;
