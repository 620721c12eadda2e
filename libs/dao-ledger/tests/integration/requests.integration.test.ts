import { meterRequests } from '@cnop/database-core';
import type { BalanceTransactionCreate } from '@cnop/entities-ledger';
import { depositAndTransfer } from '../../examples/readme.ts';
import { getBalanceDao } from '../../src/index.ts';
import { useTestStore } from '../support/test-store.ts';

type InMinorUnits = Extract<BalanceTransactionCreate, { amountMinor: bigint }>;

const store = useTestStore();
const { database, balances } = store;

/** The requests of a call, in order: the operation and how many items it names. */
async function requestsOf(call: () => Promise<unknown>): Promise<string[]> {
  const meter = meterRequests(database);

  await call();
  meter.stop();
  return meter.requests.map(({ target, items }) => `${target} ${items}`);
}

describe('the requests', () => {
  let owner: string;
  let create: InMinorUnits;

  beforeAll(async () => {
    owner = await store.openAccount();
    create = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n };
    await balances.createTransaction(create);
  });

  it('of a credit: one transaction of three items, four with a key', async () => {
    const keyed = { ...create, idempotencyKey: 'key-1' };

    await expect(requestsOf(() => balances.createTransaction(create))).resolves.toEqual(['TransactWriteItems 3']);
    await expect(requestsOf(() => balances.createTransaction(keyed))).resolves.toEqual(['TransactWriteItems 4']);
  });

  it('of a debit: one transaction of two items, three with a key', async () => {
    const debit = { ...create, transactionType: 'WITHDRAW', amountMinor: 1n } as const;
    const keyed = { ...debit, idempotencyKey: 'key-2' };

    await expect(requestsOf(() => balances.createTransaction(debit))).resolves.toEqual(['TransactWriteItems 2']);
    await expect(requestsOf(() => balances.createTransaction(keyed))).resolves.toEqual(['TransactWriteItems 3']);
  });

  it('of settling: a read, and a transaction of three items or one plain write; of a repeat only the read', async () => {
    const pending = async () => (await balances.createTransaction({ ...create, pending: true })).transaction;
    const [paid, failed] = [await pending(), await pending()];
    const settle = (transactionId: string, status: 'COMPLETED' | 'FAILED') => () =>
      balances.updateTransactionStatus({ owner, transactionId, status });

    const complete = await requestsOf(settle(paid.transactionId, 'COMPLETED'));
    const repeat = await requestsOf(settle(paid.transactionId, 'COMPLETED'));
    const fail = await requestsOf(settle(failed.transactionId, 'FAILED'));

    expect(complete).toEqual(['GetItem 1', 'TransactWriteItems 3']);
    expect(repeat).toEqual(['GetItem 1']);
    expect(fail).toEqual(['GetItem 1', 'UpdateItem 1']);
  });

  it('of a credit without a check of its owner: one item less', async () => {
    const unchecked = getBalanceDao(database);
    const settle = async () => {
      const { transaction } = await unchecked.createTransaction({ ...create, pending: true });
      const { transactionId } = transaction;
      await unchecked.updateTransactionStatus({ owner, transactionId, status: 'COMPLETED' });
    };

    await expect(requestsOf(() => unchecked.createTransaction(create))).resolves.toEqual(['TransactWriteItems 2']);
    await expect(requestsOf(settle)).resolves.toEqual(['PutItem 1', 'GetItem 1', 'TransactWriteItems 2']);
  });
});

describe('the example of the README', () => {
  it('ends with the balance that it says', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue();

    await depositAndTransfer(database);

    expect(print.mock.calls).toEqual([[1_000n]]);
    await expect(balances.getBalance('auth0|64f1c2d3', 'USD')).resolves.toMatchObject({
      availableMinor: 1_000n,
      version: 2,
    });
  });
});
