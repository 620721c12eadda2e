import type { BalanceTransaction } from '@cnop/entities-ledger';
import { encodeCursor } from '@cnop/utils';
import { refusalOf, runParallel } from '@cnop/testing';
import type { TransactionList } from '../../src/index.ts';
import { findLedgerBreaks } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances } = store;
const entryCount = 120;

let owner: string;
let newestFirst: BalanceTransaction[];

/** Deposits in three currencies, every fourth one pending, and a withdrawal after every fifth. */
beforeAll(async () => {
  owner = await store.openAccount();
  const entries: BalanceTransaction[] = [];

  for (let index = 0; index < entryCount; index += 1) {
    const code = ['USD', 'EUR', 'JPY'][index % 3]!;
    const { transaction } = await balances.createTransaction(
      index % 5 === 4
        ? { owner, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1n }
        : { owner, transactionType: 'DEPOSIT', code, amountMinor: 100n, pending: index % 4 === 3 },
    );
    entries.push(transaction);
  }
  newestFirst = entries.toReversed();
});

async function readPages(list: Omit<TransactionList, 'owner'>) {
  const pages: (readonly BalanceTransaction[])[] = [];
  let cursor: string | undefined;

  do {
    const page = await balances.getUserTransactions({ owner, ...list, ...(cursor !== undefined && { cursor }) });
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

describe('BalanceDao.getUserTransactions', () => {
  it('gives the newest 50 first, unless told otherwise', async () => {
    const { items, nextCursor } = await balances.getUserTransactions({ owner });

    expect(items).toEqual(newestFirst.slice(0, 50));
    expect(nextCursor).toEqual(expect.any(String));
  });

  it.each<Omit<TransactionList, 'owner'>>([
    {},
    { transactionType: 'DEPOSIT' },
    { transactionType: 'WITHDRAW' },
    { transactionType: 'ORDER_PAYMENT' },
    { status: 'PENDING' },
    { status: 'COMPLETED' },
    { status: 'FAILED' },
    { code: 'EUR' },
    { code: 'BTC' },
    { transactionType: 'DEPOSIT', status: 'PENDING', code: 'JPY' },
  ])('pages through what %j selects, neither losing nor doubling', async (filter) => {
    const { transactionType, status, code } = filter;
    const selected = newestFirst.filter(
      (entry) =>
        (transactionType === undefined || entry.transactionType === transactionType) &&
        (status === undefined || entry.status === status) &&
        (code === undefined || entry.postings.some((posting) => posting.code === code)),
    );

    for (const limit of [7, 40, 100]) {
      const pages = await readPages({ ...filter, limit });

      expect(pages.flat()).toEqual(selected);
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }
  });

  it('gives one full page without a cursor when the limit is just the number of entries', async () => {
    const few = await store.openAccount();
    await runParallel(5, () =>
      balances.createTransaction({ owner: few, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1n }),
    );

    const page = await balances.getUserTransactions({ owner: few, limit: 5 });

    expect(page.items).toHaveLength(5);
    expect(page.nextCursor).toBeUndefined();
  });

  it('gives an empty page to an owner without entries, or unknown', async () => {
    const none = await store.openAccount();

    await expect(balances.getUserTransactions({ owner: none })).resolves.toEqual({ items: [] });
    await expect(balances.getUserTransactions({ owner: 'nobody' })).resolves.toEqual({ items: [] });
  });

  it('goes on behind the cursor when newer entries arrive between two pages', async () => {
    const busy = await store.openAccount();
    const deposit = () =>
      balances.createTransaction({ owner: busy, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1n });
    for (let index = 0; index < 6; index += 1) await deposit();
    const first = await balances.getUserTransactions({ owner: busy, limit: 3 });
    await deposit();

    const second = await balances.getUserTransactions({ owner: busy, limit: 3, cursor: first.nextCursor });

    const ids = [...first.items, ...second.items].map(({ transactionId }) => transactionId);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(ids).toHaveLength(6);
    expect(second.nextCursor).toBeUndefined();
  });

  it('does not carry the owner in a cursor', async () => {
    const { nextCursor } = await balances.getUserTransactions({ owner });

    expect(Buffer.from(nextCursor!, 'base64url').toString('latin1')).not.toContain(owner);
  });

  it('refuses a cursor of another owner, of another filter, or one that was tampered with', async () => {
    const other = await store.openAccount();
    const { nextCursor } = await balances.getUserTransactions({ owner, limit: 5 });
    const cursor = nextCursor!;
    const flipped = `${cursor.slice(0, -2)}${cursor.at(-2) === 'A' ? 'B' : 'A'}${cursor.at(-1)!}`;

    const lists: TransactionList[] = [
      { owner: other, cursor },
      { owner, cursor, status: 'COMPLETED' },
      { owner, cursor, code: 'USD' },
      { owner, cursor, transactionType: 'DEPOSIT' },
      { owner, cursor: flipped },
      { owner, cursor: cursor.slice(1) },
      { owner, cursor: 'x' },
    ];

    for (const list of lists) {
      await expect(refusalOf(balances.getUserTransactions(list))).resolves.toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  it.each([[[]], [['']], [['not an id']], [['01JGJ8Q2XE0000000000000000#']]])(
    'refuses the made-up position %j, though its checksum be right',
    async (position) => {
      const cursor = encodeCursor(position, ['transactions', owner, '', '', '']);

      await expect(refusalOf(balances.getUserTransactions({ owner, cursor }))).resolves.toMatchObject({
        code: 'CURSOR_INVALID',
      });
    },
  );

  it.each([{ limit: 0 }, { limit: 101 }, { code: 'usd' }, { cursor: '' }, { offset: 3 }])(
    'refuses the query %j',
    async (list) => {
      const query = { owner, ...list } as TransactionList;

      await expect(refusalOf(balances.getUserTransactions(query))).resolves.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
    },
  );
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
