import { journalShapeProblem } from '@cnop/entities-ledger';
import { refusalOf } from '@cnop/testing';
import { createOrderFlow, type PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, flow, orders, prices } = market;

const at = '2026-01-05T09:30:00.000Z';
const buy = (owner: string, quantity: string, rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity, ...rest },
});
const sell = (owner: string, quantity: string, rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType: 'MARKET_SELL', assetId: 'AAPL', quantity, ...rest },
});

beforeEach(() => clock.set(at));

describe('placeOrder', () => {
  it('buys: order, entry, cash and asset, each of which names the others', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order, replayed } = await flow.placeOrder(buy(owner, '3', { maxPrice: '10.00', clientOrderId: 'a-1' }));

    const [payment, deposit] = await market.journal(owner);
    expect(replayed).toBe(false);
    expect(order).toStrictEqual({
      orderId: order.orderId,
      owner,
      clientOrderId: 'a-1',
      orderType: 'MARKET_BUY',
      status: 'COMPLETED',
      assetId: 'AAPL',
      currency: 'USD',
      quantityMinor: 3n,
      quantityScale: 0,
      priceScale: 2,
      currencyScale: 2,
      maxPriceMinor: 1_000n,
      priceAsOf: at,
      priceSource: 'test-feed',
      fills: [
        {
          transactionId: payment?.transactionId,
          priceMinor: 1_000n,
          quantityMinor: 3n,
          notionalMinor: 3_000n,
          executedAt: at,
        },
      ],
      heldMinor: 0n,
      createdAt: at,
      updatedAt: at,
      endedAt: at,
      version: 1,
    });
    expect(payment).toStrictEqual({
      transactionId: order.fills[0]?.transactionId,
      owner,
      transactionType: 'ORDER_PAYMENT',
      status: 'COMPLETED',
      postings: [
        { code: 'USD', bucket: 'available', amountMinor: -3_000n, scale: 2 },
        { code: 'AAPL', bucket: 'available', amountMinor: 3n, scale: 0 },
      ],
      orderId: order.orderId,
      fill: { priceMinor: 1_000n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' },
      createdAt: at,
      updatedAt: at,
    });
    expect(journalShapeProblem(payment!)).toBeUndefined();
    expect(deposit).toMatchObject({ transactionType: 'DEPOSIT' });
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(order);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 7_000n,
      totalDepositedMinor: 10_000n,
      totalWithdrawnMinor: 0n,
      openOrders: 0,
      version: 2,
    });
    await expect(balances.getBalance(owner, 'AAPL')).resolves.toMatchObject({
      availableMinor: 3n,
      totalDepositedMinor: 0n,
      scale: 0,
      version: 1,
    });
  });

  it('sells: the same the other way round', async () => {
    const owner = await market.trader({ aapl: 5n });

    const { order } = await flow.placeOrder(sell(owner, '2', { minPrice: '10.00' }));

    const [payment] = await market.journal(owner);
    expect(order).toMatchObject({
      orderType: 'MARKET_SELL',
      status: 'COMPLETED',
      minPriceMinor: 1_000n,
      fills: [{ transactionId: payment?.transactionId, notionalMinor: 2_000n }],
    });
    expect(order).not.toHaveProperty('clientOrderId');
    expect(payment).toMatchObject({
      transactionType: 'ORDER_PAYMENT',
      orderId: order.orderId,
      postings: [
        { code: 'USD', amountMinor: 2_000n },
        { code: 'AAPL', amountMinor: -2n },
      ],
      fill: { side: 'SELL' },
    });
    expect(journalShapeProblem(payment!)).toBeUndefined();
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(order);
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n, USD: 2_000n });
  });

  it('rounds once, against the user on both sides', async () => {
    const owner = await market.trader({ usd: 100n });

    // 0.00001 BTC at 61234.57 USD is 0.6123457 USD.
    const bought = await flow.placeOrder(buy(owner, '0.00001', { assetId: 'BTC' }));
    const sold = await flow.placeOrder(sell(owner, '0.00001', { assetId: 'BTC' }));

    expect(bought.order.fills).toMatchObject([{ notionalMinor: 62n }]);
    expect(sold.order.fills).toMatchObject([{ notionalMinor: 61n }]);
    await expect(market.available(owner)).resolves.toEqual({ USD: 99n });
  });

  it('trades an asset of a currency without decimals', async () => {
    const owner = await market.trader();
    await balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'JPY', amountMinor: 1_000n });

    // 1.5 NTT at 151.3 JPY is 226.95 JPY.
    await flow.placeOrder(buy(owner, '1.5', { assetId: 'NTT' }));

    await expect(market.available(owner)).resolves.toEqual({ JPY: 773n, NTT: 1_500n });
  });

  it('spends a balance to its last cent, and a holding to its last unit', async () => {
    const owner = await market.trader({ usd: 3_000n });

    await flow.placeOrder(buy(owner, '3'));
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
    await flow.placeOrder(sell(owner, '3'));

    await expect(market.available(owner)).resolves.toEqual({ USD: 3_000n });
  });

  it('credits a frozen balance', async () => {
    const owner = await market.trader({ usd: 1n, aapl: 1n });
    await balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' });

    await flow.placeOrder(sell(owner, '1'));

    await expect(market.available(owner)).resolves.toEqual({ USD: 1_001n });
  });

  it('compares owners exactly: another case is another owner, who has nothing', async () => {
    const owner = await market.trader({ usd: 1_000n });

    const refusal = await refusalOf(flow.placeOrder(buy(owner.toUpperCase(), '1')));

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { available: '0.00' } });
  });
});

describe('a refusal of placeOrder, which changes nothing', () => {
  interface Refusal {
    readonly code: string;
    readonly details?: object;
    readonly request: (owner: string) => PlaceOrder;
    readonly before?: (owner: string) => Promise<unknown>;
  }

  const inactive = { assetId: 'OFF', status: 'INACTIVE' } as const;
  const strict = { assetId: 'STRICT', minQuantityMinor: 2n, minNotionalMinor: 5_000n };
  const freeze = (code: string) => (owner: string) => balances.updateBalance({ owner, code, status: 'FROZEN' });
  const adjust = (code: string, scale: number) => (owner: string) =>
    balances.createTransaction({ owner, transactionType: 'SYSTEM_ADJUSTMENT', code, scale, amountMinor: 5n });

  beforeAll(() => {
    prices.set({ asset: inactive });
    prices.set({ asset: strict, priceMinor: 1_000n });
    prices.set({ asset: { assetId: 'OLD' }, priceAsOf: '2026-01-05T09:28:59.999Z' });
    prices.set({ asset: { assetId: 'ODD', currency: 'ABC' } });
    prices.set({ asset: { assetId: 'DUST', decimals: 6 }, priceMinor: 1_000n });
  });

  const refusals: Record<string, Refusal> = {
    'of a buy that the cash does not cover': {
      request: (owner) => buy(owner, '11'),
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '100.00', required: '110.00' },
    },
    'of a buy for a currency that the user never had': {
      request: (owner) => buy(owner, '1', { assetId: 'NTT' }),
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'JPY', available: '0', required: '152' },
    },
    'of a sell that the holding does not cover': {
      request: (owner) => sell(owner, '6'),
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'AAPL', available: '5', required: '6' },
    },
    'of a sell of an asset that the user never had': {
      request: (owner) => sell(owner, '0.5', { assetId: 'BTC' }),
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'BTC', available: '0.00000000', required: '0.50000000' },
    },
    'of a user who does not exist': {
      request: () => buy('nobody-at-all', '1'),
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '0.00', required: '10.00' },
    },
    'of a buy from frozen cash': {
      before: freeze('USD'),
      request: (owner) => buy(owner, '1'),
      code: 'BALANCE_FROZEN',
      details: { code: 'USD' },
    },
    'of a sell of a frozen holding': {
      before: freeze('AAPL'),
      request: (owner) => sell(owner, '1'),
      code: 'BALANCE_FROZEN',
      details: { code: 'AAPL' },
    },
    'of a buy of what the user holds at another scale': {
      before: adjust('BTC', 6),
      request: (owner) => buy(owner, '0.0001', { assetId: 'BTC' }),
      code: 'BALANCE_SCALE_MISMATCH',
      details: { code: 'BTC', scale: 8, expectedScale: 6 },
    },
    'of a sell of what the user holds at another scale': {
      before: adjust('BTC', 6),
      request: (owner) => sell(owner, '0.0001', { assetId: 'BTC' }),
      code: 'BALANCE_SCALE_MISMATCH',
      details: { code: 'BTC', scale: 8, expectedScale: 6 },
    },
    'of an unknown asset': {
      request: (owner) => buy(owner, '1', { assetId: 'NONE' }),
      code: 'ASSET_NOT_FOUND',
      details: { assetId: 'NONE' },
    },
    'of an inactive asset': {
      request: (owner) => buy(owner, '1', { assetId: 'OFF' }),
      code: 'ASSET_INACTIVE',
      details: { assetId: 'OFF' },
    },
    'at a stale price': {
      request: (owner) => buy(owner, '1', { assetId: 'OLD' }),
      code: 'PRICE_STALE',
      details: { assetId: 'OLD', priceAsOf: '2026-01-05T09:28:59.999Z', maxAgeMs: 60_000 },
    },
    'above the cap': {
      request: (owner) => buy(owner, '1', { maxPrice: '9.99' }),
      code: 'PRICE_LIMIT_EXCEEDED',
      details: { assetId: 'AAPL', price: '10.00', limit: '9.99' },
    },
    'below the floor': {
      request: (owner) => sell(owner, '1', { minPrice: '10.01' }),
      code: 'PRICE_LIMIT_EXCEEDED',
      details: { assetId: 'AAPL', price: '10.00', limit: '10.01' },
    },
    'below the minimum quantity': {
      request: (owner) => buy(owner, '1', { assetId: 'STRICT' }),
      code: 'QUANTITY_BELOW_MINIMUM',
      details: { assetId: 'STRICT', quantity: '1', minimum: '2' },
    },
    'below the minimum value': {
      request: (owner) => buy(owner, '4', { assetId: 'STRICT' }),
      code: 'NOTIONAL_BELOW_MINIMUM',
      details: { assetId: 'STRICT', notional: '40.00', minimum: '50.00' },
    },
    'of proceeds that round to nothing': {
      request: (owner) => sell(owner, '0.000001', { assetId: 'DUST' }),
      code: 'NOTIONAL_BELOW_MINIMUM',
      details: { assetId: 'DUST', notional: '0.00', minimum: '0.01' },
    },
    'of a quantity with excess decimals': {
      request: (owner) => buy(owner, '1.0'),
      code: 'AMOUNT_INVALID',
      details: { field: 'quantity', scale: 0, rule: 'decimals' },
    },
    'of a cap with excess decimals': {
      request: (owner) => buy(owner, '1', { maxPrice: '10.001' }),
      code: 'AMOUNT_INVALID',
      details: { field: 'maxPrice', scale: 2, rule: 'decimals' },
    },
    'of a value beyond the maximum': {
      request: (owner) => buy(owner, `1${'0'.repeat(24)}`),
      code: 'AMOUNT_INVALID',
      details: { rule: 'maximum', scale: 2 },
    },
    'of an asset that is priced in no currency': {
      request: (owner) => buy(owner, '1', { assetId: 'ODD' }),
      code: 'CURRENCY_NOT_REGISTERED',
      details: { code: 'ABC' },
    },
    'of a price set by the client': {
      request: (owner) => buy(owner, '1', { price: '0.01' }),
      code: 'VALIDATION_FAILED',
      details: {
        issues: [{ pointer: '/order/price', rule: 'unrecognized_keys', message: 'This field is not known.' }],
      },
    },
    'of a client order id and an idempotency key that differ': {
      request: (owner) => ({ ...buy(owner, '1', { clientOrderId: 'a' }), idempotencyKey: 'b' }),
      code: 'VALIDATION_FAILED',
      details: {
        issues: [
          {
            pointer: '/idempotencyKey',
            rule: 'same_as_client_order_id',
            message: 'Must be the same as the client order id when both are given.',
          },
        ],
      },
    },
  };

  it.each(Object.entries(refusals))('%s', async (_, { request, before, code, details }) => {
    const owner = await market.trader({ usd: 10_000n, aapl: 5n });
    await before?.(owner);
    const items = await market.itemsOf(owner);
    const unnamed = request(owner);
    const named = { ...unnamed, order: { ...unnamed.order, clientOrderId: unnamed.order.clientOrderId ?? 'a-1' } };

    const refusals = [await refusalOf(flow.placeOrder(unnamed)), await refusalOf(flow.placeOrder(named))];

    expect(refusals).toMatchObject([
      { code, details },
      { code, details },
    ]);
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
    await expect(market.itemsOf('nobody-at-all')).resolves.toEqual([]);
  });

  it.each(['0', '0.00', '-1', '+1', '1e3', '01', ' 1', '1,5', 'NaN', ''])(
    'of a quantity that is no positive decimal: %j',
    async (quantity) => {
      const owner = await market.trader({ usd: 10_000n });

      const { code, details } = await refusalOf(flow.placeOrder(buy(owner, quantity)));

      expect(code).toBe('VALIDATION_FAILED');
      expect(details).toMatchObject({ issues: [{ pointer: '/order/quantity' }] });
    },
  );

  it('trades on no price of a time to come, and replays what was traded before it', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const order = { ...buy(owner, '1'), idempotencyKey: 'before' };
    const { order: placed } = await flow.placeOrder(order);
    const quote = await prices.getQuote('AAPL');
    const priceAsOf = new Date(clock.now().getTime() + 5_001).toISOString();
    const ahead = createOrderFlow({
      database: market.database,
      priceSource: { getQuote: () => Promise.resolve({ ...quote, priceAsOf }) },
    });

    await expect(refusalOf(ahead.placeOrder(buy(owner, '1')))).resolves.toMatchObject({
      code: 'PRICE_AHEAD',
      details: { priceAsOf, maxAheadMs: 5_000 },
    });
    await expect(ahead.placeOrder(order)).resolves.toEqual({ order: placed, replayed: true });
  });

  it('keeps a quote of exactly the maximum age, and refuses it a millisecond later', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const strict = createOrderFlow({ database: market.database, priceSource: prices, maxPriceAgeMs: 5_000 });

    clock.advance(5_000);
    await expect(strict.placeOrder(buy(owner, '1'))).resolves.toMatchObject({ replayed: false });
    clock.advance(1);

    await expect(refusalOf(strict.placeOrder(buy(owner, '1')))).resolves.toMatchObject({
      code: 'PRICE_STALE',
      details: { maxAgeMs: 5_000 },
    });
  });
});
