import { meterRequests } from '@cnop/database-core';
import type { BalanceTransactionCreate } from '@cnop/entities-user';
import { openAccount } from '../../examples/readme.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, balances, users, freshUser } = store;

/** The requests of a call, in order: the operation and how many items it names. */
async function requestsOf(call: () => Promise<unknown>): Promise<string[]> {
  const meter = meterRequests(database);

  await call();
  meter.stop();
  return meter.requests.map(({ target, items }) => `${target} ${items}`);
}

describe('the requests', () => {
  let username: string;
  let create: BalanceTransactionCreate;

  beforeAll(async () => {
    ({ username } = await store.register());
    create = { username, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n };
    await balances.createTransaction(create);
  });

  it('of a registration: one transaction of two items', async () => {
    await expect(requestsOf(() => users.createUser(freshUser()))).resolves.toEqual(['TransactWriteItems 2']);
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
      balances.updateTransactionStatus({ username, transactionId, status });

    const complete = await requestsOf(settle(paid.transactionId, 'COMPLETED'));
    const repeat = await requestsOf(settle(paid.transactionId, 'COMPLETED'));
    const fail = await requestsOf(settle(failed.transactionId, 'FAILED'));

    expect(complete).toEqual(['GetItem 1', 'TransactWriteItems 3']);
    expect(repeat).toEqual(['GetItem 1']);
    expect(fail).toEqual(['GetItem 1', 'UpdateItem 1']);
  });

  it('of a change of a user: a read and one plain write, or a transaction of three items with a new address', async () => {
    const user = await store.register();
    const change = (expectedVersion: number, changes: { firstName?: string; email?: string }) => () =>
      users.updateUser({ username: user.username, expectedVersion, changes });

    const name = await requestsOf(change(1, { firstName: 'Alicia' }));
    const address = await requestsOf(change(2, { email: freshUser().email }));

    expect(name).toEqual(['GetItem 1', 'UpdateItem 1']);
    expect(address).toEqual(['GetItem 1', 'TransactWriteItems 3']);
  });
});

describe('the example of the README', () => {
  it('ends with the balance that it says', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue();

    await openAccount(database);

    expect(print.mock.calls).toEqual([[1_000n]]);
    await expect(balances.getBalance('alice', 'USD')).resolves.toMatchObject({ availableMinor: 1_000n, version: 2 });
  });
});
