import type { Asset } from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import type { FeeSubject, StandingOrderCreate } from '@cnop/entities-order';
import { refusalOf } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import type { OrderFlowContext } from '../../../src/order-flow-context.ts';
import { prepareStanding } from '../../../src/standing/prepare-standing.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 30, second)).toISOString();
/** At 200.00, as of ten seconds ago. */
const traded = makeAsset({
  priceMinor: 20_000n,
  priceAsOf: at(10),
  executablePriceMinor: 20_000n,
  executableAsOf: at(10),
});
const limitBuy = { orderType: 'LIMIT_BUY', limitPrice: '190' };
let asked: FeeSubject[];

beforeEach(() => {
  asked = [];
});

async function prepare(terms: object, asset: Partial<Asset> = {}) {
  const context: Partial<OrderFlowContext> = {
    assets: { getAsset: () => Promise.resolve({ ...traded, ...asset }) } as unknown as OrderFlowContext['assets'],
    clock: createManualClock(at(20)),
    feeSchedule: {
      feeBpsFor: (subject) => {
        asked.push(subject);
        return subject.orderType === 'OCO_SELL' ? 10 : 25;
      },
    },
    ...{ collarBps: 500, maxOrderLifeMs: 3_600_000, maxPriceAgeMs: 60_000, maxPriceAheadMs: 5_000 },
  };
  const order = { assetId: 'AAPL', quantity: '10', ...terms } as StandingOrderCreate;

  return await prepareStanding(context as OrderFlowContext, { owner: 'alice', order });
}

describe(prepareStanding, () => {
  it('asks for the fee of the order, and of its exits where it has any', async () => {
    const plain = await prepare(limitBuy);
    expect(asked).toEqual([{ owner: 'alice', assetId: 'AAPL', orderType: 'LIMIT_BUY' }]);

    const bracket = await prepare({ ...limitBuy, exits: { takeProfitPrice: '300', stopPrice: '100' } });

    expect(asked.slice(2)).toEqual([{ owner: 'alice', assetId: 'AAPL', orderType: 'OCO_SELL' }]);
    expect(plain.draft.order).toMatchObject({ feeBps: 25 });
    expect(bracket.draft.order).toMatchObject({ feeBps: 25, exitTerms: { feeBps: 10 } });
  });

  it.each([
    ['LIMIT_BUY', '200', '199.99'],
    ['LIMIT_SELL', '200', '200.01'],
  ])('executes a %s at once at %s, not at %s', async (orderType, meets, misses) => {
    await expect(prepare({ orderType, limitPrice: meets })).resolves.toMatchObject({ isMarketable: true });
    await expect(prepare({ orderType, limitPrice: misses })).resolves.toMatchObject({ isMarketable: false });
  });

  it('executes no other type at once', async () => {
    const stop = { orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '180' };

    await expect(prepare(stop)).resolves.toMatchObject({ isMarketable: false });
  });

  it.each(['IOC', 'FOK'])('refuses one that is %s and would wait', async (timeInForce) => {
    const refusal = await refusalOf(prepare({ ...limitBuy, timeInForce }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_MARKETABLE', details: { price: '200.00', limit: '190.00' } });
    await expect(prepare({ ...limitBuy, limitPrice: '200', timeInForce })).resolves.toMatchObject({
      isMarketable: true,
    });
  });

  it.each<[Partial<Asset>, string, object]>([
    [{ status: 'INACTIVE' }, 'ASSET_INACTIVE', { assetId: 'AAPL' }],
    [{ priceAsOf: undefined }, 'PRICE_UNAVAILABLE', { assetId: 'AAPL' }],
    [{ executablePriceMinor: undefined }, 'PRICE_UNAVAILABLE', { assetId: 'AAPL' }],
    [{ executableAsOf: undefined }, 'PRICE_UNAVAILABLE', { assetId: 'AAPL' }],
    [{ priceAsOf: at(26) }, 'PRICE_AHEAD', { assetId: 'AAPL', priceAsOf: at(26), maxAheadMs: 5_000 }],
  ])('takes no order on an asset with %p: %s', async (asset, code, details) => {
    const refusal = await refusalOf(prepare(limitBuy, asset));

    expect(refusal).toMatchObject({ code, details });
  });

  it('takes one at a venue only where it rests', async () => {
    const atVenue = { execution: 'VENUE' as const };

    const refusal = await refusalOf(prepare({ ...limitBuy, timeInForce: 'IOC' }, atVenue));

    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/timeInForce' }] } });
    await expect(prepare({ ...limitBuy, limitPrice: '210' }, atVenue)).resolves.toMatchObject({ isMarketable: false });
  });
});
