import { runParallel } from '@cnop/testing';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { flow } = market;

const trade = (owner: string, orderType: 'MARKET_BUY' | 'MARKET_SELL', rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType, assetId: 'AAPL', quantity: '1', ...rest },
});

const countOf = async (owner: string, transactionType: string) =>
  (await market.journal(owner)).filter((entry) => entry.transactionType === transactionType).length;

describe('orders in parallel', () => {
  it('completes 20 of 64 buys of which the cash covers 20', async () => {
    const owner = await market.trader({ usd: 20_000n });

    const { answers, codes } = await runParallel(64, () => flow.placeOrder(trade(owner, 'MARKET_BUY')));

    expect(answers.map(({ order }) => order.status)).toEqual(Array(20).fill('COMPLETED'));
    expect(codes).toEqual(Array(44).fill('BALANCE_INSUFFICIENT'));
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 20n });
    await expect(countOf(owner, 'ORDER_PAYMENT')).resolves.toBe(20);
  });

  it('completes 20 of 64 sells of which the holding covers 20', async () => {
    const owner = await market.trader({ aapl: 20n });

    const { answers, codes } = await runParallel(64, () => flow.placeOrder(trade(owner, 'MARKET_SELL')));

    expect(answers.map(({ order }) => order.status)).toEqual(Array(20).fill('COMPLETED'));
    expect(codes).toEqual(Array(44).fill('BALANCE_INSUFFICIENT'));
    await expect(market.available(owner)).resolves.toEqual({ USD: 20_000n });
  });

  it('completes 20 of 64 buys under client order ids, each refused one without a trace', async () => {
    const owner = await market.trader({ usd: 20_000n });
    const { length } = await market.itemsOf(owner);

    const { answers, codes } = await runParallel(64, (index) =>
      flow.placeOrder(trade(owner, 'MARKET_BUY', { clientOrderId: `a-${index}` })),
    );

    expect([answers.length, codes.length]).toEqual([20, 44]);
    // Each completed one adds an order and an entry; the first also the balance of the asset.
    await expect(market.itemsOf(owner)).resolves.toHaveLength(length + 20 * 2 + 1);
  });

  it('makes one order of 32 repeats of one client order id, and 32 equal answers', async () => {
    const owner = await market.trader({ usd: 100_000n });
    const request = trade(owner, 'MARKET_BUY', { clientOrderId: 'a-1' });

    const { answers, codes } = await runParallel(32, () => flow.placeOrder(request));

    expect(codes).toEqual([]);
    expect(answers).toHaveLength(32);
    for (const { order } of answers) expect(order).toStrictEqual(answers[0]?.order);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(market.available(owner)).resolves.toEqual({ USD: 99_000n, AAPL: 1n });
  });

  it('makes one order of 32 repeats from 8 processes, with cash for one only', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const processes = Array.from({ length: 8 }, () => market.connect());
    const request = trade(owner, 'MARKET_BUY', { clientOrderId: 'a-1' });

    const { answers, codes } = await runParallel(32, (index) => processes[index % 8]!.flow.placeOrder(request));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ order }) => order.fills[0]?.transactionId)).size).toBe(1);
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 1n });
  });

  it('lets one of two bodies that race under one client order id have it', async () => {
    const owner = await market.trader({ usd: 100_000n });

    const { answers, codes } = await runParallel(32, (index) =>
      flow.placeOrder(trade(owner, 'MARKET_BUY', { clientOrderId: 'a-1', quantity: String((index % 2) + 1) })),
    );

    expect(codes).toEqual(Array(16).fill('IDEMPOTENCY_KEY_REUSED'));
    expect(new Set(answers.map(({ order }) => order.quantityMinor)).size).toBe(1);
    await expect(countOf(owner, 'ORDER_PAYMENT')).resolves.toBe(1);
  });

  it('loses neither a deposit nor a buy when they race', async () => {
    const owner = await market.trader({ usd: 16_000n });

    const { codes } = await runParallel(32, async (index) => {
      await (index % 2 === 0 ? market.deposit(owner, 500n) : flow.placeOrder(trade(owner, 'MARKET_BUY')));
    });

    expect(codes).toEqual([]);
    await expect(market.available(owner)).resolves.toEqual({ USD: 16n * 500n, AAPL: 16n });
  });

  it('loses nothing when buys, sells, deposits and withdrawals race', async () => {
    const owner = await market.trader({ usd: 8_000n, aapl: 8n });
    const moves = [
      () => flow.placeOrder(trade(owner, 'MARKET_BUY')),
      () => flow.placeOrder(trade(owner, 'MARKET_SELL')),
      () => market.deposit(owner, 1_000n),
      () => market.withdraw(owner, 1_000n),
    ];

    const { codes } = await runParallel(64, async (index) => {
      await moves[index % moves.length]!();
    });

    expect(new Set(codes)).toEqual(codes.length === 0 ? new Set() : new Set(['BALANCE_INSUFFICIENT']));
  });
});

describe('refunds in parallel', () => {
  it('refunds one order once, and answers 16 alike', async () => {
    const owner = await market.trader({ usd: 5_000n });
    const { order } = await flow.placeOrder(trade(owner, 'MARKET_BUY', { quantity: '3' }));

    const { answers, codes } = await runParallel(16, () => flow.refundOrder({ orderId: order.orderId }));

    expect(codes).toEqual([]);
    for (const answer of answers) expect(answer.order).toStrictEqual(answers[0]?.order);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(countOf(owner, 'ORDER_REFUND')).resolves.toBe(1);
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });

  it('gives a holding to a refund or to a sell, never to both', async () => {
    for (let round = 0; round < 16; round += 1) {
      const owner = await market.trader({ usd: 1_000n });
      const { order } = await flow.placeOrder(trade(owner, 'MARKET_BUY'));
      const moves = [
        () => flow.refundOrder({ orderId: order.orderId }),
        () => flow.placeOrder(trade(owner, 'MARKET_SELL')),
      ];

      const { answers, codes } = await runParallel(2, (index) => moves[(index + round) % 2]!());

      expect(answers).toHaveLength(1);
      expect(codes).toEqual(['BALANCE_INSUFFICIENT']);
      await expect(market.available(owner)).resolves.toEqual({ USD: 1_000n });
    }
  });

  it('refunds several orders of one user, each as far as the holding goes', async () => {
    const owner = await market.trader({ usd: 8_000n });
    const placed = await runParallel(8, () => flow.placeOrder(trade(owner, 'MARKET_BUY')));
    await flow.placeOrder(trade(owner, 'MARKET_SELL', { quantity: '3' }));

    const { answers, codes } = await runParallel(8, (index) =>
      flow.refundOrder({ orderId: placed.answers[index]!.order.orderId }),
    );

    expect([answers.length, codes]).toEqual([5, Array(3).fill('BALANCE_INSUFFICIENT')]);
    await expect(market.available(owner)).resolves.toEqual({ USD: 8_000n });
  });
});
