import { createDatabase } from '@cnop/database-core';
import { makeQuote } from '@cnop/entities-inventory/testing';
import { createIds, createManualClock } from '@cnop/utils';
import { createOrderFlow } from '../../src/index.ts';

const tables: Record<string, string> = { ledger: 'ledger', orders: 'orders', inventory: 'inventory' };
const openWithout = (...missing: readonly string[]) =>
  createDatabase({
    region: 'us-east-1',
    tables: Object.fromEntries(Object.entries(tables).filter(([name]) => !missing.includes(name))),
  });

function refusalOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe(createOrderFlow, () => {
  it.each([-1, 0.5, NaN])('refuses %s ms as what a price may be ahead', (maxPriceAheadMs) => {
    expect(refusalOf(() => createOrderFlow({ database: openWithout(), maxPriceAheadMs }))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: 'maxPriceAheadMs' }] },
    });
  });

  it.each([0, -1, NaN])('refuses a maximum age of %s ms', (maxPriceAgeMs) => {
    expect(refusalOf(() => createOrderFlow({ database: openWithout(), maxPriceAgeMs }))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: 'maxPriceAgeMs', rule: 'must be positive' }] },
    });
  });

  it.each(['ledger', 'orders', 'inventory'])('refuses a database that lacks the name of the table of %s', (missing) => {
    expect(refusalOf(() => createOrderFlow({ database: openWithout(missing) }))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: `tables.${missing}`, rule: 'is required' }] },
    });
  });

  it('needs no table of assets where prices come from elsewhere', () => {
    const priceSource = { getQuote: () => Promise.reject(new Error('Not asked.')) };

    expect(createOrderFlow({ database: openWithout('inventory'), priceSource })).toMatchObject({
      placeOrder: expect.any(Function) as unknown,
    });
  });

  it('draws the id of an order after its turn in the queue and its price', async () => {
    const steps: string[] = [];
    const step = <TResult>(name: string, result: TResult): TResult => {
      steps.push(name);
      return result;
    };
    const clock = createManualClock('2026-01-05T09:30:00.000Z');
    const ids = createIds({ clock });
    const flow = createOrderFlow({
      database: openWithout(),
      clock,
      ids: { uuid: () => step('id', ids.uuid()), ulid: () => step('id', ids.ulid()) },
      priceSource: { getQuote: (assetId) => Promise.resolve(step('price', makeQuote({ asset: { assetId } }))) },
      accountQueue: { run: (_, work) => step('turn', work)() },
    });

    await flow
      .placeOrder({ owner: 'Ada', order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' } })
      .catch(() => undefined);

    expect(steps.filter((name, index) => steps.indexOf(name) === index)).toEqual(['turn', 'price', 'id']);
  });

  it('asks for the price when the order’s turn in the queue of its account has come', async () => {
    const steps: string[] = [];
    const flow = createOrderFlow({
      database: openWithout(),
      priceSource: {
        getQuote: (assetId) => {
          steps.push(`price of ${assetId}`);
          return Promise.reject(new Error('There is none.'));
        },
      },
      accountQueue: {
        run: async (account, work) => {
          steps.push(`turn of ${account}`);
          return await work();
        },
      },
    });

    const placed = flow.placeOrder({
      owner: 'Ada',
      order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' },
    });

    await expect(placed).rejects.toMatchObject({ code: 'PRICE_UNAVAILABLE', details: { assetId: 'MSFT' } });
    expect(steps).toEqual(['turn of Ada', 'price of MSFT']);
  });
});
