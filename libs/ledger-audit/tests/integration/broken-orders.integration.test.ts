import { randomUUID } from 'node:crypto';
import type { Order } from '@cnop/entities-order';
import { toOrderItem } from '@cnop/entities-order/table';
import { checkLedger, type BrokenInvariant } from '@cnop/ledger-audit';
import { orderKey, transactionKey } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

const orderText = ({ orderId }: Order): string => `ORDER#${orderId} ORDER`;
const entryText = (transactionId: string): string => `OWNER#ada TXN#${transactionId}`;
const strangerId = '01KE6X5Z3V7Q2M9T4B8N1C0DFG';

describe('invariant 3: orders and their entries agree', () => {
  const ledger = useLedger();

  /** Expects one broken rule, about this order. */
  async function expectOnly(rule: string, order: Order): Promise<BrokenInvariant> {
    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual([rule]);
    expect(report.broken[0]).toMatchObject({ orderId: order.orderId, owner: 'ada' });
    return report.broken[0]!;
  }

  it('accepts orders that are completed, partly filled, refunded, cancelled and queued', async () => {
    await ledger().trade('ada');
    await ledger().trade('ada', 'MARKET_SELL');
    await ledger().partlyFill('ada');
    await ledger().refund('ada');
    await ledger().cancel('ada');
    await ledger().queue('ada');

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });

  it('finds a payment that is not among the fills', async () => {
    const order = await ledger().partlyFill('ada');
    await ledger().change('orders', orderKey(order.orderId), { fills: [], status: 'QUEUED', heldMinor: 5_000n });

    const { broken } = await checkLedger(ledger().database);

    const finding = broken.find(({ rule }) => rule === 'entry-not-named-by-order')!;
    expect(finding).toMatchObject({ invariant: 3, orderId: order.orderId, expected: 'ORDER_PAYMENT' });
    expect(keysOf(finding)).toEqual([entryText(order.fills[0]!.transactionId), orderText(order)]);
  });

  it('finds a fill without its payment', async () => {
    const order = await ledger().partlyFill('ada');
    const [fill] = order.fills;
    await ledger().change('orders', orderKey(order.orderId), { fills: [fill, { ...fill, transactionId: strangerId }] });

    const broken = await expectOnly('order-names-missing-entry', order);

    expect(broken).toMatchObject({ invariant: 3, transactionId: strangerId });
    expect(keysOf(broken)).toEqual([orderText(order)]);
  });

  it('accepts holds and releases of amendments, before and after a fill', async () => {
    const queued = await ledger().queue('ada');
    const partlyFilled = await ledger().partlyFill('ada');
    await ledger().adjust(queued, [700n, -5_000n, 1n]);
    await ledger().adjust(partlyFilled, [-1n]);

    const report = await checkLedger(ledger().database);

    expect(report).toMatchObject({ broken: [], brokenCount: 0, counts: { openOrders: 2 } });
  });

  it('finds an adjustment whose entry is missing', async () => {
    const order = await ledger().adjust(await ledger().queue('ada'), [700n]);
    const adjustments = [...order.adjustments!, { transactionId: strangerId, transactionType: 'ORDER_RELEASE' }];
    await ledger().change('orders', orderKey(order.orderId), { adjustments });

    const broken = await expectOnly('order-names-missing-entry', order);

    expect(broken).toMatchObject({ invariant: 3, transactionId: strangerId });
  });

  it('finds an adjustment that is named as what it is not', async () => {
    const order = await ledger().adjust(await ledger().queue('ada'), [700n]);
    const { transactionId } = order.adjustments![0]!;
    const adjustments = [{ transactionId, transactionType: 'ORDER_RELEASE' }];
    await ledger().change('orders', orderKey(order.orderId), { adjustments });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-not-named-by-order', 'order-names-entry-of-wrong-type']);
    expect(report.broken).toContainEqual(
      expect.objectContaining({ transactionId, expected: 'ORDER_RELEASE', found: 'ORDER_HOLD' }),
    );
  });

  it('finds an adjustment that the order does not name', async () => {
    const order = await ledger().adjust(await ledger().queue('ada'), [700n]);
    await ledger().change('orders', orderKey(order.orderId), { adjustments: undefined });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-not-named-by-order', 'order-hold-differs']);
    expect(report.broken.find(({ rule }) => rule === 'order-hold-differs')).toMatchObject({
      code: 'USD',
      expected: '5000',
      found: '5700',
    });
  });

  it.each(['adjustments', 'holdTransactionId', 'releaseTransactionId'] as const)(
    'finds an adjustment that is named a second time by %s',
    async (by) => {
      const order = await ledger().adjust(await ledger().queue('ada'), [700n, -200n]);
      const [hold, release] = order.adjustments!;
      const change = {
        adjustments: [...order.adjustments!, hold],
        holdTransactionId: hold!.transactionId,
        releaseTransactionId: release!.transactionId,
      }[by];
      await ledger().change('orders', orderKey(order.orderId), { [by]: change });

      const report = await checkLedger(ledger().database);

      expect(rulesOf(report)).toContain('order-names-entry-twice');
    },
  );

  it('reads the entries of an order that names more than one request takes', async () => {
    const order = await ledger().adjust(await ledger().queue('ada'), Array<bigint>(110).fill(1n));
    const sound = await checkLedger(ledger().database);
    await ledger().change('orders', orderKey(order.orderId), { heldMinor: 5_109n });

    const report = await checkLedger(ledger().database);

    expect(sound).toMatchObject({ broken: [], brokenCount: 0, unsettledCount: 0 });
    expect(report.broken.find(({ rule }) => rule === 'order-hold-differs')).toMatchObject({
      expected: '5110',
      found: '5109',
      omittedItems: 92,
    });
  });

  it('finds one payment behind two fills', async () => {
    const order = await ledger().partlyFill('ada');
    await ledger().change('orders', orderKey(order.orderId), { fills: [order.fills[0], order.fills[0]] });

    const broken = await expectOnly('order-names-entry-twice', order);

    expect(broken).toMatchObject({ invariant: 3, found: order.fills[0]!.transactionId });
  });

  it.each([
    ['priceMinor', { priceMinor: 1_001n }],
    ['notionalMinor', { notionalMinor: 1_999n }],
  ])('finds a fill whose %s is not that of its payment', async (_, wrong) => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { fills: [{ ...order.fills[0], ...wrong }] });

    const broken = await expectOnly('fill-differs-from-payment', order);

    expect(broken).toMatchObject({
      invariant: 3,
      expected: 'BUY, quantity 2e-0 AAPL, price 1000e-2 USD, notional 2000e-2 USD',
    });
    expect(broken.found).toContain(Object.values(wrong)[0]!.toString());
    expect(keysOf(broken)).toEqual([orderText(order), entryText(order.fills[0]!.transactionId)]);
  });

  it.each(['MARKET_BUY', 'MARKET_SELL'] as const)('accepts a %s with its fee', async (orderType) => {
    if (orderType === 'MARKET_SELL') await ledger().trade('ada');
    await ledger().tradeAtFee('ada', orderType);

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });

  it('finds a fill whose fee is not that of its payment', async () => {
    const order = await ledger().tradeAtFee('ada');
    const fills = [{ ...order.fills[0], notionalMinor: 2_001n, feeMinor: 6n }];
    await ledger().change('orders', orderKey(order.orderId), { fills });

    const broken = await expectOnly('fill-differs-from-payment', order);

    expect(broken).toMatchObject({
      expected: 'BUY, quantity 2e-0 AAPL, price 1000e-2 USD, notional 2000e-2 USD, fee 5e-2 USD',
      found: 'BUY, quantity 2e-0 AAPL, price 1000e-2 USD, notional 2001e-2 USD, fee 6e-2 USD',
    });
  });

  it('finds a payment whose fee is not in its cash', async () => {
    const order = await ledger().tradeAtFee('ada');
    const { transactionId } = order.fills[0]!;
    await ledger().change('ledger', transactionKey('ada', transactionId), { feeMinor: 4n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-shape-wrong', 'fill-differs-from-payment']);
    expect(report.broken.find(({ rule }) => rule === 'entry-shape-wrong')).toMatchObject({
      invariant: 4,
      transactionId,
      found: 'The cash must move by -2004, price times quantity rounded up, with a fee of 4, not by -2005.',
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['is charged at another rate', { feeBps: 26 }, { expected: '6', found: '5' }],
    ['is charged without a rate', { feeBps: undefined }, { expected: '0', found: '5' }],
    ['is charged at no legal rate', { feeBps: 1_001 }, { expected: 'a rate from 0 to 1000', found: '1001' }],
    ['is charged at a rate below 0', { feeBps: -1 }, { expected: 'a rate from 0 to 1000', found: '-1' }],
  ])('finds a fee that %s: %p', async (_, change, figures) => {
    const order = await ledger().tradeAtFee('ada');
    await ledger().change('orders', orderKey(order.orderId), change);

    expect(await expectOnly('fee-differs-from-rate', order)).toMatchObject({ invariant: 3, ...figures });
  });

  it('finds a fee that was never charged', async () => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { feeBps: 1 });

    expect(await expectOnly('fee-differs-from-rate', order)).toMatchObject({ expected: '1', found: '0' });
  });

  it.each([
    ['returns the fee', { cash: 2_005n, feeMinor: 5n }, []],
    ['keeps the fee', { cash: 2_000n, feeMinor: undefined }, ['refund-differs-from-payments']],
    ['returns the fee and does not say so', { cash: 2_005n, feeMinor: undefined }, ['refund-differs-from-payments']],
    ['says that it returns more than the fee', { cash: 2_005n, feeMinor: 6n }, ['refund-differs-from-payments']],
  ] as const)('of refunds, judges one that %s', async (_, { cash, feeMinor }, rules) => {
    const order = await ledger().tradeAtFee('ada');
    const refundTransactionId = await ledger().move({
      owner: 'ada',
      transactionType: 'ORDER_REFUND',
      orderId: order.orderId,
      postings: [
        { code: 'USD', bucket: 'available', amountMinor: cash, scale: 2 },
        { code: 'AAPL', bucket: 'available', amountMinor: -2n, scale: 0 },
      ],
      ...(feeMinor && { feeMinor }),
    });
    await ledger().change('orders', orderKey(order.orderId), { refundTransactionId });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual(rules);
  });

  it('finds a fill whose quantity is not that of its payment', async () => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), {
      quantityMinor: 3n,
      fills: [{ ...order.fills[0], quantityMinor: 3n }],
    });

    expect(await expectOnly('fill-differs-from-payment', order)).toMatchObject({
      found: 'BUY, quantity 3e-0 AAPL, price 1000e-2 USD, notional 2000e-2 USD',
    });
  });

  it.each([
    ['side', { orderType: 'MARKET_SELL' }],
    ['asset', { assetId: 'MSFT' }],
    ['currency', { currency: 'EUR' }],
    ['price scale', { priceScale: 4 }],
    ['quantity scale', { quantityScale: 1 }],
  ])('finds an order of another %s than its payment', async (_, change) => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), change);

    await expectOnly('fill-differs-from-payment', order);
  });

  it('finds an order of another currency scale than its payment and ISO 4217', async () => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { currencyScale: 3 });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['currency-scale-wrong', 'fill-differs-from-payment']);
    expect(report.broken).toContainEqual(
      expect.objectContaining({ rule: 'currency-scale-wrong', orderId: order.orderId, found: 'USD at scale 3' }),
    );
  });

  it('finds an order that names an entry of another order', async () => {
    const order = await ledger().trade('ada');
    const other = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { fills: other.fills });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-not-named-by-order', 'order-names-foreign-entry']);
    const finding = report.broken.find(({ rule }) => rule === 'order-names-foreign-entry')!;
    expect(finding).toMatchObject({ invariant: 3, expected: order.orderId, found: other.orderId });
    expect(keysOf(finding)).toEqual([orderText(order), entryText(other.fills[0]!.transactionId)]);
  });

  it('finds an order that names an entry of no order', async () => {
    const transactionId = await ledger().deposit('ada', 1n);
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { refundTransactionId: transactionId });

    expect(await expectOnly('order-names-foreign-entry', order)).toMatchObject({ transactionId, found: 'no order' });
  });

  it('finds an order that names an entry as what it is not', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { releaseTransactionId: order.holdTransactionId });

    expect(await expectOnly('order-names-entry-of-wrong-type', order)).toMatchObject({
      invariant: 3,
      expected: 'ORDER_RELEASE',
      found: 'ORDER_HOLD',
    });
  });

  it('finds an entry that names an order which does not exist', async () => {
    const order = await ledger().trade('ada');
    await ledger().remove('orders', orderKey(order.orderId));

    const broken = await expectOnly('entry-names-missing-order', order);

    expect(broken).toMatchObject({ invariant: 3, transactionId: order.fills[0]!.transactionId });
    expect(keysOf(broken)).toEqual([entryText(order.fills[0]!.transactionId)]);
  });

  it("finds an order of another user, whose entries stayed in the first one's journal", async () => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { owner: 'bob' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-names-foreign-order', 'order-names-missing-entry']);
    expect(report.broken.find(({ owner }) => owner === 'ada')).toMatchObject({ expected: 'ada', found: 'bob' });
  });

  it('finds a second refund', async () => {
    const order = await ledger().refund('ada');
    const transactionId = await ledger().move({
      owner: 'ada',
      transactionType: 'ORDER_REFUND',
      orderId: order.orderId,
      postings: [
        { code: 'USD', bucket: 'available', amountMinor: 2_000n, scale: 2 },
        { code: 'AAPL', bucket: 'available', amountMinor: -2n, scale: 0 },
      ],
    });
    await ledger().trade('ada');

    expect(await expectOnly('entry-not-named-by-order', order)).toMatchObject({ transactionId });
  });

  it.each([
    ['another amount', { code: 'USD', bucket: 'available', amountMinor: 1_999n, scale: 2 }],
    ['another code', { code: 'EUR', bucket: 'available', amountMinor: 2_000n, scale: 2 }],
  ] as const)('finds a refund of %s', async (_, cash) => {
    const order = await ledger().trade('ada');
    const refundTransactionId = await ledger().move({
      owner: 'ada',
      transactionType: 'ORDER_REFUND',
      orderId: order.orderId,
      postings: [cash, { code: 'AAPL', bucket: 'available', amountMinor: -2n, scale: 0 }],
    });
    await ledger().change('orders', orderKey(order.orderId), { refundTransactionId });

    const broken = await expectOnly('refund-differs-from-payments', order);

    expect(broken).toMatchObject({
      invariant: 3,
      transactionId: refundTransactionId,
      expected: '-2e-0 AAPL available, 2000e-2 USD available',
    });
    expect(keysOf(broken)).toEqual([
      orderText(order),
      entryText(refundTransactionId),
      entryText(order.fills[0]!.transactionId),
    ]);
  });

  it('finds payments of one code in two scales, which nothing can negate', async () => {
    const order = await ledger().refund('ada');
    const entry = transactionKey('ada', order.fills[0]!.transactionId);
    await ledger().change('ledger', entry, {
      postings: [
        { code: 'USD', bucket: 'available', amountMinor: -1_000n, scale: 2 },
        { code: 'USD', bucket: 'held', amountMinor: -1_000n, scale: 3 },
        { code: 'AAPL', bucket: 'available', amountMinor: 2n, scale: 0 },
      ],
    });

    const { broken } = await checkLedger(ledger().database);

    expect(broken.find(({ rule }) => rule === 'refund-differs-from-payments')?.expected).toContain('two scales of USD');
  });

  it('finds an order that holds other than what its entries leave', async () => {
    const order = await ledger().partlyFill('ada');
    await ledger().change('orders', orderKey(order.orderId), { heldMinor: 2_999n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['held-differs-from-open-orders', 'order-hold-differs']);
    const finding = report.broken.find(({ rule }) => rule === 'order-hold-differs')!;
    expect(finding).toMatchObject({ invariant: 3, code: 'USD', expected: '3000', found: '2999' });
    expect(keysOf(finding)).toEqual([
      orderText(order),
      entryText(order.fills[0]!.transactionId),
      entryText(order.holdTransactionId!),
    ]);
  });

  it('finds an order that is over though its hold was never released', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { status: 'CANCELLED', heldMinor: undefined });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['held-differs-from-open-orders', 'open-orders-differ', 'order-hold-differs']);
  });

  it('finds an order that is over and still holds something', async () => {
    const order = await ledger().cancel('ada');
    await ledger().change('orders', orderKey(order.orderId), { heldMinor: 5n });

    expect(await expectOnly('terminal-order-holds', order)).toMatchObject({ invariant: 3, expected: '0', found: '5' });
  });

  it('checks orders that name more entries than fit one request', async () => {
    await ledger().deposit('ada', 1_000_000n);
    const orderId = randomUUID();
    const fills: Order['fills'] = [];
    for (let count = 1; count <= 120; count += 1) {
      const transactionId = await ledger().move({
        owner: 'ada',
        transactionType: 'ORDER_PAYMENT',
        orderId,
        postings: [
          { code: 'USD', bucket: 'available', amountMinor: -100n, scale: 2 },
          { code: 'AAPL', bucket: 'available', amountMinor: 1n, scale: 0 },
        ],
        fill: { priceMinor: 100n, priceScale: 2, quantityMinor: 1n, quantityScale: 0, side: 'BUY' },
      });
      const executedAt = '2026-01-05T09:30:00.000Z';
      fills.push({ transactionId, priceMinor: 100n, quantityMinor: 1n, notionalMinor: 100n, executedAt });
    }
    const trade = await ledger().trade('ada');
    const order = await ledger().putOrder({ ...trade, orderId, quantityMinor: 120n, fills });
    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);

    await ledger().change('orders', orderKey(order.orderId), {
      fills: fills.map((fill, index) => (index === 119 ? { ...fill, priceMinor: 99n } : fill)),
    });

    expect(await expectOnly('fill-differs-from-payment', order)).toMatchObject({
      transactionId: fills[119]!.transactionId,
    });
  });
});

describe('invariant 5: every status is one that legal steps lead to', () => {
  const ledger = useLedger();

  it.each<[string, Partial<Record<keyof Order, unknown>>]>([
    ['unexecuted-order-with-fills', { status: 'PENDING' }],
    ['unexecuted-order-with-fills', { status: 'CONFIRMED' }],
    ['unexecuted-order-with-fills', { status: 'QUEUED' }],
    ['fills-differ-from-quantity', { status: 'PROCESSING' }],
    ['fills-differ-from-quantity', { status: 'CANCELLED' }],
    ['fills-differ-from-quantity', { status: 'FAILED' }],
    ['fills-differ-from-quantity', { quantityMinor: 1n }],
    ['fills-differ-from-quantity', { quantityMinor: 3n }],
  ])('finds %s in a traded order with %j', async (rule, change) => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), change);

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual([rule]);
    expect(report.broken[0]).toMatchObject({ invariant: 5, orderId: order.orderId, owner: 'ada' });
    expect(keysOf(report.broken[0]!)).toEqual([orderText(order)]);
  });

  it('finds a completed order without fills', async () => {
    const order = await ledger().cancel('ada');
    await ledger().change('orders', orderKey(order.orderId), { status: 'COMPLETED' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['completed-order-without-fills']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, orderId: order.orderId });
  });

  it('finds an order that holds something before it is open', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { status: 'PENDING' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toContain('unopened-order-holds');
    expect(report.broken.find(({ rule }) => rule === 'unopened-order-holds')).toMatchObject({
      invariant: 5,
      found: '5000',
    });
  });

  it('finds a refund of an order that is not over', async () => {
    const order = await ledger().refund('ada');
    await ledger().change('orders', orderKey(order.orderId), { status: 'PROCESSING', quantityMinor: 3n });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['refund-of-uncompleted-order']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, found: 'PROCESSING, 1 fills' });
  });

  it.each(['CANCELLED', 'EXPIRED', 'FAILED'])(
    'accepts a refund of what was filled of an order that is %s',
    async (status) => {
      const order = await ledger().refund('ada');
      await ledger().change('orders', orderKey(order.orderId), { status, quantityMinor: 3n });

      expect(await checkLedger(ledger().database)).toMatchObject({ broken: [], unsettledCount: 0 });
    },
  );

  it('finds a refund of an order without fills', async () => {
    const order = await ledger().cancel('ada');
    const { releaseTransactionId: refundTransactionId } = order;
    await ledger().change('orders', orderKey(order.orderId), { refundTransactionId });

    expect(rulesOf(await checkLedger(ledger().database))).toContain('refund-of-uncompleted-order');
  });

  it.each(['FAILED', 'CANCELLED', 'PENDING'])(
    'finds a %s entry that an order counts as its payment',
    async (status) => {
      const order = await ledger().trade('ada');
      const { transactionId } = order.fills[0]!;
      await ledger().change('ledger', transactionKey('ada', transactionId), { status });

      const report = await checkLedger(ledger().database);

      expect(rulesOf(report)).toEqual([
        'available-differs-from-postings',
        // The only entry of this code moved nothing, so its balance should be empty.
        'available-differs-from-postings',
        'entry-status-illegal',
        'order-names-unsettled-entry',
      ]);
      const finding = report.broken.find(({ rule }) => rule === 'order-names-unsettled-entry')!;
      expect(finding).toMatchObject({ invariant: 5, transactionId, found: status });
      expect(keysOf(finding)).toEqual([orderText(order), entryText(transactionId)]);
    },
  );

  it.each([
    ['PENDING', 'WITHDRAW'],
    ['CANCELLED', 'WITHDRAW'],
    ['PENDING', 'SYSTEM_ADJUSTMENT'],
  ] as const)('finds a %s %s', async (status, transactionType) => {
    const transactionId = await ledger().putEntry({
      owner: 'ada',
      transactionType,
      status,
      postings: [{ code: 'USD', bucket: 'available', amountMinor: -1n, scale: 2 }],
    });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['entry-status-illegal']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, transactionId, found: status });
  });

  it('accepts the FAILED entries and orders that fence off a write of unknown outcome', async () => {
    await ledger().putEntry({
      owner: 'ada',
      transactionType: 'WITHDRAW',
      status: 'FAILED',
      postings: [{ code: 'USD', bucket: 'available', amountMinor: -1n, scale: 2 }],
    });
    const order = await ledger().trade('ada');
    const { orderId } = order;
    const fence: Order = { ...order, orderId: randomUUID(), status: 'FAILED', fills: [], failureCode: 'PRICE_STALE' };
    await ledger().put('orders', toOrderItem(fence, { requestHash: 'hash', writeId: orderId }));

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });
});
