import { executeWrite, type WriteAction } from '@cnop/database-core';
import { refusalOf } from '@cnop/testing';
import { completeActions, placeActions } from '../../examples/holds.ts';
import { findLedgerBreaks } from '../support/ledger-breaks.ts';
import { orderWrites } from '../support/order-writes.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances, database } = store;
const { hold, release, capture, buyAndHold } = orderWrites(store);
const opensOrder = true;
const closesOrder = true;

/** An owner with an amount available. */
async function ownerWith(amountMinor: bigint): Promise<string> {
  const owner = await store.openAccount();
  await balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor });
  return owner;
}

const freeze = (owner: string, code = 'USD') => balances.updateBalance({ owner, code, status: 'FROZEN' });

describe('BalanceDao.holdAction', () => {
  it('moves from available into held, all there is', async () => {
    const owner = await ownerWith(1_000n);

    await hold(owner, 400n, { opensOrder });
    await hold(owner, 600n, { opensOrder, maxOpenOrders: 2 });

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 0n,
      heldMinor: 1_000n,
      openOrders: 2,
      totalDepositedMinor: 1_000n,
      version: 3,
    });
  });

  it('raises a hold without counting another order, however many there are', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 400n, { opensOrder, maxOpenOrders: 1 });

    await hold(owner, 100n);

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ heldMinor: 500n, openOrders: 1 });
  });

  it('refuses what is not available, with both figures, and holds nothing', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 400n, { opensOrder });
    const before = await balances.getBalance(owner, 'USD');

    const refusal = await refusalOf(hold(owner, 601n, { opensOrder }));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '6.00', required: '6.01' },
    });
    await expect(balances.getBalance(owner, 'USD')).resolves.toEqual(before);
  });

  it('refuses an owner without a balance as uncovered, and makes none', async () => {
    const owner = await store.openAccount();

    const refusal = await refusalOf(hold(owner, 1n, { opensOrder, maxOpenOrders: 1 }));

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { available: '0.00', required: '0.01' } });
    await expect(balances.listBalances(owner)).resolves.toEqual([]);
  });

  it('refuses one open order too many, before it looks at the cover', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 100n, { opensOrder, maxOpenOrders: 1 });

    const refusals = await Promise.all(
      [1n, 901n].map((amountMinor) => refusalOf(hold(owner, amountMinor, { opensOrder, maxOpenOrders: 1 }))),
    );

    expect(refusals).toMatchObject([
      { code: 'TOO_MANY_OPEN_ORDERS', details: { code: 'USD', maximum: 1 } },
      { code: 'TOO_MANY_OPEN_ORDERS', details: { code: 'USD', maximum: 1 } },
    ]);
  });

  it('refuses a frozen balance first of all', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 100n, { opensOrder });
    await freeze(owner);

    const refusals = await Promise.all([
      refusalOf(hold(owner, 1n)),
      refusalOf(hold(owner, 901n, { opensOrder, maxOpenOrders: 1 })),
    ]);

    expect(refusals.map(({ code }) => code)).toEqual(['BALANCE_FROZEN', 'BALANCE_FROZEN']);
  });
});

describe('BalanceDao.captureAction', () => {
  it('pays out of held, the rest back to available', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });

    await capture(owner, 500n, { priceMinor: 450n });
    await capture(owner, 400n, { priceMinor: 400n, closesOrder });

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 150n,
      heldMinor: 0n,
      openOrders: 0,
      version: 4,
    });
    await expect(balances.getBalance(owner, 'ACME')).resolves.toMatchObject({ availableMinor: 2n, openOrders: 0 });
  });

  it('takes what the hold is short of out of available, to the last of it', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });

    await capture(owner, 900n, { priceMinor: 1_000n, closesOrder });

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 0n,
      heldMinor: 0n,
      openOrders: 0,
    });
  });

  it('refuses what the hold is short of and available does not cover, with both figures', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });
    const before = await balances.getBalance(owner, 'USD');

    const refusal = await refusalOf(capture(owner, 900n, { priceMinor: 1_001n, closesOrder }));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '1.00', required: '1.01' },
    });
    await expect(balances.getBalance(owner, 'USD')).resolves.toEqual(before);
  });

  it('refuses a frozen balance, even where something comes back', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });
    await freeze(owner);

    const refusal = await refusalOf(capture(owner, 900n, { priceMinor: 1n, closesOrder }));

    expect(refusal).toMatchObject({ code: 'BALANCE_FROZEN', details: { code: 'USD' } });
  });

  it('takes an order that holds more than is held, or that is not counted, for a broken invariant', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 500n);

    await expect(capture(owner, 501n, { priceMinor: 501n })).rejects.toThrow('holds 500 for 0 orders lacks');
    await expect(capture(owner, 500n, { priceMinor: 500n, closesOrder })).rejects.toThrow('holds 500 for 0 orders');
    await expect(capture(store.freshOwner(), 1n, { priceMinor: 1n })).rejects.toThrow('is absent');
  });
});

describe('BalanceDao.releaseAction', () => {
  it('gives back to available a part of a hold, and all of it as the order ends', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });

    await release(owner, 300n);
    const between = await balances.getBalance(owner, 'USD');
    await release(owner, 600n, { closesOrder });

    expect(between).toMatchObject({ availableMinor: 400n, heldMinor: 600n, openOrders: 1 });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 1_000n,
      heldMinor: 0n,
      openOrders: 0,
    });
  });

  it('gives back to a frozen balance, which stays frozen', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 900n, { opensOrder });
    await freeze(owner);

    await release(owner, 900n, { closesOrder });

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 1_000n,
      heldMinor: 0n,
      openOrders: 0,
      status: 'FROZEN',
    });
  });

  it('takes an order that holds more than is held, or that is not counted, for a broken invariant', async () => {
    const owner = await ownerWith(1_000n);
    await hold(owner, 500n);
    const before = await balances.getBalance(owner, 'USD');

    await expect(release(owner, 501n)).rejects.toThrow('holds 500 for 0 orders lacks');
    await expect(release(owner, 500n, { closesOrder })).rejects.toThrow('holds 500 for 0 orders lacks');
    await expect(release(store.freshOwner(), 1n)).rejects.toThrow('is absent');
    await expect(balances.getBalance(owner, 'USD')).resolves.toEqual(before);
  });
});

describe('BalanceDao.creditHeldAction', () => {
  it('makes a balance that holds all it received', async () => {
    const owner = await ownerWith(1_000n);

    await buyAndHold(owner, 400n, { opensOrder });

    await expect(balances.getBalance(owner, 'ACME')).resolves.toMatchObject({
      scale: 0,
      availableMinor: 0n,
      heldMinor: 1n,
      openOrders: 1,
      status: 'ACTIVE',
      version: 1,
    });
  });

  it('adds to a frozen balance what an open order holds, and leaves available as it is', async () => {
    const owner = await ownerWith(1_000n);
    await balances.createTransaction({
      owner,
      transactionType: 'SYSTEM_ADJUSTMENT',
      code: 'ACME',
      scale: 0,
      amountMinor: 5n,
    });
    await buyAndHold(owner, 400n, { opensOrder });
    await freeze(owner, 'ACME');

    await buyAndHold(owner, 400n);

    await expect(balances.getBalance(owner, 'ACME')).resolves.toMatchObject({
      availableMinor: 5n,
      heldMinor: 2n,
      openOrders: 1,
      status: 'FROZEN',
    });
  });
});

describe('every action of a hold', () => {
  it('refuses another scale than the balance’s, whatever else is wrong', async () => {
    const owner = await ownerWith(1_000n);
    await buyAndHold(owner, 400n, { opensOrder });
    await freeze(owner, 'ACME');
    const move = { owner, code: 'ACME', amountMinor: 9n, scale: 3, at: '2026-01-05T09:30:00.000Z' };

    const actions = [
      balances.holdAction({ ...move, opensOrder, maxOpenOrders: 1 }),
      balances.releaseAction({ ...move, closesOrder }),
      balances.captureAction({
        owner,
        code: 'ACME',
        scale: 3,
        at: move.at,
        heldMinor: 9n,
        availableMinor: -9n,
        closesOrder,
      }),
      balances.creditHeldAction({ ...move, opensOrder }),
    ];
    const refusals = await Promise.all(
      actions.map((action) =>
        refusalOf(
          executeWrite(database, {
            operation: 'test',
            guard: { write: action.write, writeId: 'w', onConditionFailed: action.onConditionFailed },
          }),
        ),
      ),
    );

    expect(refusals.map(({ code, details }) => ({ code, details }))).toEqual(
      Array(4).fill({ code: 'BALANCE_SCALE_MISMATCH', details: { code: 'ACME', scale: 3, expectedScale: 0 } }),
    );
  });
});

describe('the example of holds', () => {
  /** The first action takes the place of the order’s own write, which is its guard. */
  const write = ([{ write }, ...actions]: readonly [WriteAction, ...WriteAction[]]) =>
    executeWrite(database, {
      operation: 'example',
      guard: { write, writeId: String(write.Put?.Item?.['writeId']), onConditionFailed: () => undefined },
      actions,
    });

  it('holds what an order may cost, pays out of it and returns the rest', async () => {
    const owner = await ownerWith(1_000n);
    const order = { owner, orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2', heldMinor: 900n };
    const fill = { priceMinor: 290n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' } as const;

    await write(placeActions(database, order) as [WriteAction]);
    const placed = await balances.getBalance(owner, 'USD');
    await write(completeActions(database, order, { fill, costMinor: 870n }) as [WriteAction]);

    expect(placed).toMatchObject({ availableMinor: 100n, heldMinor: 900n, openOrders: 1 });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 130n,
      heldMinor: 0n,
      openOrders: 0,
    });
    await expect(balances.getBalance(owner, 'ACME')).resolves.toMatchObject({ availableMinor: 3n });
  });
});

describe('BalanceDao.getTransactionsByIds', () => {
  it('gives the entries in the order asked for, each once, without those of nobody or of another owner', async () => {
    const [owner, other] = [await ownerWith(1n), await ownerWith(2n)];
    const ids = await Promise.all(
      [owner, other].map(async (of) => (await balances.getUserTransactions({ owner: of })).items[0]!.transactionId),
    );
    const second = await balances.createTransaction({
      owner,
      transactionType: 'DEPOSIT',
      code: 'USD',
      amountMinor: 3n,
    });
    const { transactionId } = second.transaction;

    const found = await balances.getTransactionsByIds(owner, [
      transactionId,
      database.ids.ulid(),
      ids[1]!,
      ids[0]!.toLowerCase(),
      transactionId,
    ]);

    expect(found.map((entry) => entry.transactionId)).toEqual([transactionId, ids[0]]);
    expect(found[0]).toEqual(second.transaction);
    await expect(balances.getTransactionsByIds(owner, [])).resolves.toEqual([]);
  });

  it('reads 100 to a request, and only what is named right', async () => {
    const { balances: counted, http } = store.faulty();
    const ids = Array.from({ length: 101 }, () => database.ids.ulid());

    await expect(counted.getTransactionsByIds('nobody', ids)).resolves.toEqual([]);
    const refusal = await refusalOf(counted.getTransactionsByIds('nobody', ['first']));

    expect(http.calls.map(({ target }) => target)).toEqual(['BatchGetItem', 'BatchGetItem']);
    expect(refusal).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [expect.objectContaining({ pointer: '/transactionIds/0' })] },
    });
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
