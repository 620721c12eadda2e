import { checkLedger } from '@cnop/ledger-audit';
import { balanceKey, orderKey } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

const adaUsd = balanceKey('ada', 'USD');
const adaUsdText = 'OWNER#ada BALANCE#USD';

describe('invariant 1: balances are the sums of their postings', () => {
  const ledger = useLedger();

  it.each([
    ['available-differs-from-postings', 'availableMinor', '100000'],
    ['deposited-differs-from-postings', 'totalDepositedMinor', '100000'],
    ['withdrawn-differs-from-postings', 'totalWithdrawnMinor', '0'],
  ])('finds %s with the balance and the entries', async (rule, attribute, expected) => {
    await ledger().change('ledger', adaUsd, { [attribute]: 100_001n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual([rule]);
    expect(report.brokenCount).toBe(1);
    expect(report.broken[0]).toMatchObject({ invariant: 1, owner: 'ada', code: 'USD', expected, found: '100001' });
    expect(keysOf(report.broken[0]!)).toEqual([adaUsdText, expect.stringMatching(/^OWNER#ada TXN#/)]);
  });

  it('finds a held amount that no posting put there', async () => {
    await ledger().change('ledger', adaUsd, { heldMinor: 7n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['held-differs-from-open-orders', 'held-differs-from-postings']);
    expect(report.broken).toContainEqual(
      expect.objectContaining({ invariant: 1, rule: 'held-differs-from-postings', expected: '0', found: '7' }),
    );
  });

  it('is exact beyond what a number holds', async () => {
    await ledger().deposit('ada', 10n ** 23n, 'EUR');
    await ledger().change('ledger', balanceKey('ada', 'EUR'), { availableMinor: 10n ** 23n + 1n });

    const { broken } = await checkLedger(ledger().database);

    expect(broken).toMatchObject([{ expected: (10n ** 23n).toString(), found: (10n ** 23n + 1n).toString() }]);
    expect(broken[0]!.items[0]).toMatchObject({ availableMinor: (10n ** 23n + 1n).toString() });
  });

  it('finds postings of a code without a balance', async () => {
    const transactionId = await ledger().putEntry({
      owner: 'ada',
      postings: [{ code: 'EUR', bucket: 'available', amountMinor: 5n, scale: 2 }],
    });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['balance-missing']);
    expect(report.broken[0]).toMatchObject({ invariant: 1, owner: 'ada', code: 'EUR' });
    expect(keysOf(report.broken[0]!)).toEqual([`OWNER#ada TXN#${transactionId}`]);
  });

  it('finds postings of a user without any balance or profile', async () => {
    await ledger().putEntry({
      owner: 'nobody',
      postings: [{ code: 'EUR', bucket: 'available', amountMinor: 5n, scale: 2 }],
    });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual(['balance-missing']);
  });

  it('finds a posting of another scale', async () => {
    const transactionId = await ledger().move({
      owner: 'ada',
      transactionType: 'SYSTEM_ADJUSTMENT',
      postings: [{ code: 'ACME', bucket: 'available', amountMinor: 5n, scale: 3 }],
    });
    await ledger().change('ledger', { ...adaUsd, sk: 'BALANCE#ACME' }, { scale: 2 });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['posting-scale-differs']);
    expect(report.broken[0]).toMatchObject({ transactionId, code: 'ACME', expected: '2', found: '3' });
  });

  it('counts completed entries only', async () => {
    const posting = { code: 'USD', bucket: 'available', amountMinor: 5n, scale: 2 } as const;
    await ledger().putEntry({ owner: 'ada', status: 'PENDING', postings: [posting] });
    await ledger().putEntry({ owner: 'ada', status: 'FAILED', postings: [posting] });
    await ledger().putEntry({ owner: 'ada', status: 'CANCELLED', postings: [posting] });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });

  it('shows the newest entries when there are many', async () => {
    for (let count = 1; count <= 30; count += 1) await ledger().deposit('ada', 1n);
    await ledger().change('ledger', adaUsd, { availableMinor: 1n });

    const { broken } = await checkLedger(ledger().database);

    expect(broken).toHaveLength(1);
    expect(broken[0]!.items).toHaveLength(20);
    expect(broken[0]!.omittedItems).toBe(12);
    expect(broken[0]!.items.at(-1)).toMatchObject({ postings: [{ amountMinor: 1 }] });
  });
});

describe('invariant 2: nothing is below zero, and what is held is held for open orders', () => {
  const ledger = useLedger();

  it('finds an available amount below zero', async () => {
    await ledger().move({
      owner: 'ada',
      transactionType: 'SYSTEM_ADJUSTMENT',
      postings: [{ code: 'USD', bucket: 'available', amountMinor: -100_001n, scale: 2 }],
    });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['available-negative']);
    expect(report.broken[0]).toMatchObject({ invariant: 2, owner: 'ada', code: 'USD', found: '-1' });
    expect(keysOf(report.broken[0]!)).toEqual([adaUsdText]);
  });

  it('finds a held amount below zero', async () => {
    await ledger().change('ledger', adaUsd, { heldMinor: -1n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toContain('held-negative');
    expect(report.broken.find(({ rule }) => rule === 'held-negative')).toMatchObject({ invariant: 2, found: '-1' });
  });

  it('finds a hold without an open order', async () => {
    const order = await ledger().queue('ada');
    await ledger().remove('orders', orderKey(order.orderId));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual([
      'entry-names-missing-order',
      'held-differs-from-open-orders',
      'open-orders-differ',
    ]);
    expect(report.broken.filter(({ invariant }) => invariant === 2)).toMatchObject([
      { expected: '0', found: '5000' },
      { expected: '0', found: '1' },
    ]);
  });

  it('finds an open order whose hold is not in the balance, with both', async () => {
    const order = await ledger().queue('ada');
    await ledger().queue('ada');
    await ledger().change('ledger', adaUsd, { heldMinor: 5_000n, availableMinor: 95_000n });
    await ledger().remove('ledger', { pk: 'OWNER#ada', sk: `TXN#${order.holdTransactionId!}` });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['held-differs-from-open-orders', 'order-names-missing-entry']);
    const held = report.broken.find(({ invariant }) => invariant === 2)!;
    expect(held).toMatchObject({ owner: 'ada', code: 'USD', expected: '10000', found: '5000' });
    expect(keysOf(held)).toEqual(expect.arrayContaining([adaUsdText, `ORDER#${order.orderId} ORDER`]));
  });

  it('takes a sell to hold its asset', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { orderType: 'LIMIT_SELL' });

    const report = await checkLedger(ledger().database);

    expect(report.broken.filter(({ invariant }) => invariant === 2)).toMatchObject([
      { code: 'USD', expected: '0', found: '5000' },
      { code: 'USD', expected: '0', found: '1' },
      { code: 'AAPL', expected: '5000', found: '0' },
      { code: 'AAPL', expected: '1', found: '0' },
    ]);
  });

  it.each([
    ['too many', 3],
    ['too few', 1],
    ['none', undefined],
    ['fewer than none', -1],
  ])('finds a balance that counts %s open orders, with those that there are', async (_, openOrders) => {
    const orders = [await ledger().queue('ada'), await ledger().queue('ada')];
    await ledger().cancel('ada');
    await ledger().change('ledger', adaUsd, { openOrders });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['open-orders-differ']);
    expect(report.broken[0]).toMatchObject({
      invariant: 2,
      owner: 'ada',
      code: 'USD',
      expected: '2',
      found: String(openOrders ?? 0),
    });
    expect(keysOf(report.broken[0]!)[0]).toBe(adaUsdText);
    expect(keysOf(report.broken[0]!).slice(1).sort()).toEqual(
      orders.map(({ orderId }) => `ORDER#${orderId} ORDER`).sort(),
    );
  });

  it('counts for each code the orders of every type that hold it, a sell its asset and a buy its currency', async () => {
    await ledger().move({
      owner: 'ada',
      transactionType: 'SYSTEM_ADJUSTMENT',
      postings: [{ code: 'AAPL', bucket: 'available', amountMinor: 90n, scale: 0 }],
    });
    const kinds = ['LIMIT', 'STOP_LOSS', 'TAKE_PROFIT', 'TRAILING_STOP', 'OCO'] as const;
    for (const kind of kinds) {
      await ledger().hold('ada', `${kind}_BUY`, 100n);
      await ledger().hold('ada', `${kind}_SELL`, 3n);
    }
    await ledger().hold('ada', 'LIMIT_SELL', 3n);

    const sound = await checkLedger(ledger().database);
    await ledger().change('ledger', balanceKey('ada', 'AAPL'), { openOrders: 5, heldMinor: 19n });
    const broken = await checkLedger(ledger().database);

    expect(sound).toMatchObject({ broken: [], brokenCount: 0, counts: { openOrders: 11 } });
    expect(broken.broken.filter(({ invariant }) => invariant === 2)).toMatchObject([
      { rule: 'held-differs-from-open-orders', code: 'AAPL', expected: '18', found: '19' },
      { rule: 'open-orders-differ', code: 'AAPL', expected: '6', found: '5' },
    ]);
  });

  it('finds the open order of a user who has nothing at all', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { owner: 'ghost' });

    const { broken } = await checkLedger(ledger().database);

    expect(broken).toContainEqual(
      expect.objectContaining({ rule: 'held-differs-from-open-orders', owner: 'ghost', code: 'USD', found: '0' }),
    );
  });

  it('finds an order that holds an amount below zero', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { heldMinor: -5_000n });

    const report = await checkLedger(ledger().database);

    expect(report.broken).toContainEqual(
      expect.objectContaining({ invariant: 2, rule: 'order-held-negative', orderId: order.orderId, found: '-5000' }),
    );
  });

  it('accepts holds that are paid for in part', async () => {
    await ledger().partlyFill('ada');

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });
});
