import { meterRequests } from '@cnop/database-core';
import { orderPreviewResponseSchema, toOrderPreviewResponse } from '@cnop/entities-order';
import type { DomainError } from '@cnop/exceptions';
import { refusalOf } from '@cnop/testing';
import fc from 'fast-check';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, database, flow, prices } = market;

const at = '2026-01-05T09:30:00.000Z';
const orderOf = (owner: string, orderType: 'MARKET_BUY' | 'MARKET_SELL', rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType, assetId: 'AAPL', quantity: '3', ...rest },
});

beforeEach(() => clock.set(at));

describe('previewOrder', () => {
  it('says what a buy would come to', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const preview = await flow.previewOrder(orderOf(owner, 'MARKET_BUY', { maxPrice: '10.00' }));

    expect(preview).toStrictEqual({
      orderType: 'MARKET_BUY',
      assetId: 'AAPL',
      currency: 'USD',
      quantityMinor: 3n,
      quantityScale: 0,
      priceMinor: 1_000n,
      priceScale: 2,
      priceAsOf: at,
      priceSource: 'test-feed',
      notionalMinor: 3_000n,
      feeBps: 0,
      feeMinor: 0n,
      currencyScale: 2,
      debit: { code: 'USD', amountMinor: 3_000n, scale: 2 },
      credit: { code: 'AAPL', amountMinor: 3n, scale: 0 },
      availableMinor: 10_000n,
      isFrozen: false,
      isCovered: true,
    });
  });

  it('says what a sell would come to', async () => {
    const owner = await market.trader({ aapl: 2n });

    const preview = await flow.previewOrder(orderOf(owner, 'MARKET_SELL'));

    expect(preview).toMatchObject({
      debit: { code: 'AAPL', amountMinor: 3n, scale: 0 },
      credit: { code: 'USD', amountMinor: 3_000n, scale: 2 },
      availableMinor: 2n,
      isCovered: false,
    });
  });

  it('shows it in decimal texts', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const response = toOrderPreviewResponse(await flow.previewOrder(orderOf(owner, 'MARKET_BUY')));

    expect(orderPreviewResponseSchema.parse(response)).toStrictEqual({
      orderType: 'MARKET_BUY',
      assetId: 'AAPL',
      currency: 'USD',
      quantity: '3',
      price: '10.00',
      priceAsOf: at,
      priceSource: 'test-feed',
      notional: '30.00',
      feeBps: 0,
      fee: '0.00',
      debit: { code: 'USD', amount: '30.00' },
      credit: { code: 'AAPL', amount: '3' },
      available: '100.00',
      frozen: false,
      covered: true,
      wouldExecute: true,
      wouldTrigger: false,
    });
  });

  it('makes one read and no write, and takes no client order id', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const meter = meterRequests(database);

    await flow.previewOrder(orderOf(owner, 'MARKET_BUY', { clientOrderId: 'a-1' }));
    meter.stop();

    expect(meter.requests.map(({ target }) => target)).toEqual(['GetItem']);
    await expect(flow.placeOrder(orderOf(owner, 'MARKET_BUY', { clientOrderId: 'a-1' }))).resolves.toMatchObject({
      replayed: false,
    });
  });

  it('is not covered by a balance that is frozen, or that is not there', async () => {
    const owner = await market.trader({ usd: 10_000n });
    await balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' });

    const buy = await flow.previewOrder(orderOf(owner, 'MARKET_BUY'));
    const sell = await flow.previewOrder(orderOf(owner, 'MARKET_SELL'));

    expect(buy).toMatchObject({ availableMinor: 10_000n, isFrozen: true, isCovered: false });
    expect(sell).toMatchObject({ availableMinor: 0n, isFrozen: false, isCovered: false });
  });

  it.each<[string, object]>([
    ['an asset that is not traded', { assetId: 'SHUT' }],
    ['an asset that does not exist', { assetId: 'NONE' }],
    ['a price beyond the limit', { maxPrice: '9.99' }],
    ['a quantity with too many decimals', { quantity: '0.5' }],
    ['an order that is not a market order', { orderType: 'LIMIT_BUY', limitPrice: '9.00' }],
    ['a price that the client names', { price: '1.00' }],
  ])('refuses %s as placing it does', async (_, rest) => {
    const owner = await market.trader({ usd: 10_000n });
    prices.set({ asset: { assetId: 'SHUT', status: 'INACTIVE' } });

    const previewed = await refusalOf(flow.previewOrder(orderOf(owner, 'MARKET_BUY', rest)));
    const placed = await refusalOf(flow.placeOrder(orderOf(owner, 'MARKET_BUY', rest)));

    expect(previewed).toEqual(placed);
    expect(previewed.details).toEqual(placed.details);
  });

  it('refuses a price that is too old, as placing it does', async () => {
    const owner = await market.trader({ usd: 10_000n });
    clock.advance(60_001);

    await expect(refusalOf(flow.previewOrder(orderOf(owner, 'MARKET_BUY')))).resolves.toMatchObject({
      code: 'PRICE_STALE',
    });
  });

  it('says just what placing the order then does, whatever the order', async () => {
    const anyOrder = fc.record({
      orderType: fc.constantFrom('MARKET_BUY' as const, 'MARKET_SELL' as const),
      assetId: fc.constantFrom('AAPL', 'BTC'),
      quantity: fc.integer({ min: 1, max: 12 }).map(String),
    });
    const owner = await market.trader({ usd: 500_000n, aapl: 7n });

    await fc.assert(
      fc.asyncProperty(anyOrder, async (order) => {
        const before = await market.available(owner);
        const { isCovered, debit, credit, notionalMinor } = await flow.previewOrder({ owner, order });

        const placed = await flow.placeOrder({ owner, order }).then(
          (result) => result.order.fills[0]?.notionalMinor,
          (error: unknown) => (error as DomainError).code,
        );

        expect(placed).toBe(isCovered ? notionalMinor : 'BALANCE_INSUFFICIENT');
        const after = await market.available(owner);
        const change = (code: string) => (after[code] ?? 0n) - (before[code] ?? 0n);
        expect([change(debit.code), change(credit.code)]).toEqual(
          isCovered ? [-debit.amountMinor, credit.amountMinor] : [0n, 0n],
        );
      }),
      { numRuns: 40 },
    );
  });
});
