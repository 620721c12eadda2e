import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import type { Order } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { toOrderItem } from '@cnop/entities-order/table';
import { holdPostings, releasePostings, type BalanceTransaction } from '@cnop/entities-ledger';
import { balanceKey, toTransactionItem } from '@cnop/entities-ledger/table';
// eslint-disable-next-line no-restricted-imports -- no outcome depends on how long the pauses of the traffic are
import { sleep } from '@cnop/utils';
import type { TestLedger } from './test-ledger.ts';

/** Users who do not stand still. */
export interface Writers {
  /** How many transactions they have written. */
  count(): number;
  /** Ends them, at the end of their current round. */
  stop(): Promise<void>;
}

/** For each user a deposit, a withdrawal and an order that holds money and is cancelled, over and over. */
export function startWriters(ledger: TestLedger, owners: readonly string[]): Writers {
  const balances = getBalanceDao(ledger.database);
  const users = getUserDao(ledger.database);
  let isStopped = false;
  let written = 0;

  const write = async (owner: string) => {
    const money = { owner, code: 'USD', amountMinor: 7n } as const;

    for (let round = 1; !isStopped; round += 1) {
      await balances.createTransaction({ ...money, transactionType: 'DEPOSIT', idempotencyKey: `d${round}` });
      await pause();
      await balances.createTransaction({ ...money, transactionType: 'WITHDRAW' });
      await pause();
      const order = await openOrder(ledger, owner);
      const { version } = await users.getUserByUsername(owner);
      const changes = { email: `${owner}.${round}@example.com` };
      await users.updateUser({ username: owner, expectedVersion: version, changes });
      await pause();
      await cancelOrder(ledger, order);
      await pause();
      written += 5;
    }
  };
  const ends = owners.map(write);

  return {
    count: () => written,
    stop: async () => {
      isStopped = true;
      await Promise.all(ends);
    },
  };
}

async function openOrder(ledger: TestLedger, owner: string): Promise<Order> {
  const { ids } = ledger.database;
  const order = makeOrder({
    orderId: randomUUID(),
    owner,
    orderType: 'LIMIT_BUY',
    status: 'QUEUED',
    heldMinor: 100n,
    holdTransactionId: ids.ulid(),
  });

  await moveHold(ledger, order, {
    transactionId: order.holdTransactionId!,
    transactionType: 'ORDER_HOLD',
    postings: holdPostings({ code: 'USD', amountMinor: 100n, scale: 2 }),
  });
  return order;
}

async function cancelOrder(ledger: TestLedger, order: Order): Promise<void> {
  const releaseTransactionId = ledger.database.ids.ulid();
  const cancelled: Order = {
    ...order,
    status: 'CANCELLED',
    heldMinor: 0n,
    releaseTransactionId,
    version: order.version + 1,
  };

  await moveHold(ledger, cancelled, {
    transactionId: releaseTransactionId,
    transactionType: 'ORDER_RELEASE',
    postings: releasePostings({ code: 'USD', amountMinor: 100n, scale: 2 }),
  });
}

/** Long enough for some reads to meet a balance that stands still, and short enough for others not to. */
const pause = () => sleep(Math.floor(Math.random() * 60));

/** Order, entry and balance in one transaction, as a flow would write them. */
async function moveHold(
  { database, tables }: TestLedger,
  order: Order,
  entry: Pick<BalanceTransaction, 'transactionId' | 'transactionType' | 'postings'>,
): Promise<void> {
  const { owner, orderId } = order;
  const at = order.createdAt;
  const full: BalanceTransaction = { ...entry, owner, orderId, status: 'COMPLETED', createdAt: at, updatedAt: at };
  const heldMinor = entry.postings.find(({ bucket }) => bucket === 'held')!.amountMinor;

  await database.reader.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: tables.orders, Item: toOrderItem(order, { requestHash: 'hash', writeId: 'w' }) } },
        { Put: { TableName: tables.ledger, Item: toTransactionItem(full, { writeId: 'w' }) } },
        {
          Update: {
            TableName: tables.ledger,
            Key: { ...balanceKey(owner, 'USD') },
            UpdateExpression: 'ADD availableMinor :back, heldMinor :held, openOrders :opened, #version :one',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: {
              ':back': -heldMinor,
              ':held': heldMinor,
              ':opened': heldMinor > 0n ? 1 : -1,
              ':one': 1,
            },
          },
        },
      ],
    }),
  );
}
