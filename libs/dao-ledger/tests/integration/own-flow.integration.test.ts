import { executeWrite } from '@cnop/database-core';
import { mirrorOf, withdrawalPostings, type TransferEntry } from '@cnop/entities-ledger';
import {
  after,
  everyCall,
  forgetToken,
  internalServerError,
  landLate,
  loseResponse,
  refusalOf,
  runParallel,
} from '@cnop/testing';
import { payWithCommission, type Payment } from '../../examples/own-flow.ts';
import { findLedgerBreaks, readJournal } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances, database } = store;

async function payment(): Promise<Payment> {
  const [payer, payee, broker] = [await store.openAccount(), await store.openAccount(), await store.openAccount()];
  await balances.createTransaction({ owner: payer, transactionType: 'DEPOSIT', code: 'USD', amount: '20' });
  return { payer, payee, broker, priceMinor: 1_000n, commissionMinor: 50n, idempotencyKey: 'pay-1' };
}

const availableOf = async (owner: string) => (await balances.findBalance(owner, 'USD'))?.availableMinor;
const amountsOf = ({ payer, payee, broker }: Payment) => Promise.all([payer, payee, broker].map(availableOf));

describe('a flow of one’s own', () => {
  it('moves between three owners in one write, once under its key', async () => {
    const pay = await payment();

    const first = await payWithCommission(database, pay);
    const repeat = await payWithCommission(database, pay);
    const other = await refusalOf(payWithCommission(database, { ...pay, priceMinor: 1n }));

    expect(repeat).toEqual(first);
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await amountsOf(pay)).toEqual([950n, 1_000n, 50n]);
  });

  it('takes effect once however it is repeated at once, or when responses are lost', async () => {
    const pay = await payment();
    const { database: faulty, http } = store.faulty();
    http.script('TransactWriteItems', loseResponse());

    const first = await payWithCommission(faulty, pay);
    const { answers } = await runParallel(6, () => payWithCommission(database, pay));

    expect(answers).toEqual(Array(6).fill(first));
    expect(await amountsOf(pay)).toEqual([950n, 1_000n, 50n]);
  });

  it('is told its own success when the response was lost and nothing can be read afterwards', async () => {
    const pay = await payment();
    const { database: faulty, http } = store.faulty();
    http.script('TransactWriteItems', loseResponse(), forgetToken());
    http.use(everyCall(internalServerError(), { target: 'GetItem' }));

    await expect(payWithCommission(faulty, pay)).resolves.toMatchObject({ transactionType: 'TRANSFER' });
    expect(await amountsOf(pay)).toEqual([950n, 1_000n, 50n]);
  });

  it('pays two owners, not one twice', async () => {
    const pay = await payment();

    await expect(payWithCommission(database, { ...pay, broker: pay.payee })).rejects.toThrow('two owners');
  });

  it('reads an id in lower case as the entry does', async () => {
    const { payer, payee } = await payment();
    const entry = {
      transactionId: database.ids.ulid().toLowerCase(),
      owner: payer,
      counterparty: payee,
      transactionType: 'TRANSFER' as const,
      status: 'COMPLETED' as const,
      postings: withdrawalPostings({ code: 'USD', amountMinor: 1n, scale: 2 }),
      idempotencyKey: 'lower-1',
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
    };

    expect(balances.keyGuard(entry, 'hash').write.Put?.Item).toMatchObject({
      transactionId: entry.transactionId.toUpperCase(),
    });
  });

  it('moves nothing when it is refused, and may be tried again', async () => {
    const pay = await payment();

    const refusal = await refusalOf(payWithCommission(database, { ...pay, priceMinor: 1_951n }));
    await payWithCommission(database, pay);

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { required: '20.01' } });
    expect(await amountsOf(pay)).toEqual([950n, 1_000n, 50n]);
  });

  it('without a key is guarded by its entry, and fenced off by it before it is refused', async () => {
    const { payer, payee } = await payment();
    const { database: faulty, http, balances: dao } = store.faulty();
    const late = landLate();
    const at = '2026-01-05T09:30:00.000Z';
    const usd = { code: 'USD', amountMinor: 2_000n, scale: 2 };
    const entry: TransferEntry = {
      transactionId: faulty.ids.ulid(),
      owner: payer,
      counterparty: payee,
      transactionType: 'TRANSFER',
      status: 'COMPLETED',
      postings: withdrawalPostings(usd),
      createdAt: at,
      updatedAt: at,
    };
    const spend = () =>
      balances.createTransaction({ owner: payer, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1n });
    http.script('TransactWriteItems', late, after(spend));

    const refusal = await refusalOf(
      executeWrite(faulty, {
        operation: 'give',
        guard: dao.entryGuard(entry),
        actions: [
          dao.putTransactionAction(mirrorOf(entry)),
          dao.debitAction({ owner: payer, at, ...usd }),
          dao.creditAction({ owner: payee, at, ...usd }),
        ],
      }),
    );
    await late.release();

    expect(refusal.code).toBe('BALANCE_INSUFFICIENT');
    expect(
      (await readJournal(balances, payer)).filter(({ transactionType }) => transactionType === 'TRANSFER'),
    ).toMatchObject([{ status: 'FAILED' }]);
    expect(await availableOf(payee)).toBeUndefined();
  });

  it('is refused before it is sent, when an entry has not the shape of its type or no key', () => {
    const entry: TransferEntry = {
      transactionId: database.ids.ulid(),
      owner: 'alice',
      counterparty: 'alice',
      transactionType: 'TRANSFER',
      status: 'COMPLETED',
      postings: withdrawalPostings({ code: 'USD', amountMinor: 1n, scale: 2 }),
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
    };

    expect(() => balances.entryGuard(entry)).toThrow('must be another owner');
    expect(() => balances.keyGuard({ ...entry, counterparty: 'bob', idempotencyKey: '' }, 'hash')).toThrow(
      '/idempotencyKey',
    );
    expect(() => balances.keyGuard({ ...entry, counterparty: 'bob' } as never, 'hash')).toThrow('/idempotencyKey');
  });

  it('leaves the ledger sound', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
