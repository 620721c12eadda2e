import fc from 'fast-check';
import {
  holdPriceOf,
  isTrail,
  needOf,
  sideOf,
  triggerKeysOf,
  type Order,
  type OrderType,
  type StandingOrder,
} from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import type { AmendedTerms } from '../../../src/standing/amended-terms.ts';
import { amendmentOf, hasRecords, type AmendmentContext } from '../../../src/standing/amendment.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 30, second)).toISOString();

const context: AmendmentContext = {
  at: at(20),
  actor: 'alice',
  priceAsOf: at(10),
  watermarkMinor: undefined,
  maxOrderLifeMs: 100_000,
};

function orderOf(orderType: OrderType, terms: Partial<Order>): StandingOrder {
  const order: StandingOrder = {
    ...makeOrder({ status: 'QUEUED' }),
    orderType,
    quantityMinor: 5_000_000n,
    quantityScale: 6,
    priceScale: 3,
    currencyScale: 2,
    timeInForce: 'GTC',
    expiresAt: at(59),
    activeAsOf: at(0),
    createdAt: at(0),
    ...terms,
  };
  const held = sideOf(orderType) === 'SELL' ? order : { ...order, holdPriceMinor: holdPriceOf(order) };

  return { ...held, heldMinor: needOf(held) };
}

const limitBuy = orderOf('LIMIT_BUY', { limitPriceMinor: 50_000n });
const stopBuy = orderOf('STOP_LOSS_BUY', { stopPriceMinor: 60_000n, maxPriceMinor: 63_000n, collarBps: 500 });
const trailingSell = orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 3_000n, watermarkMinor: 57_000n });

describe('what an amendment makes of an order', () => {
  it.each<[string, AmendedTerms]>([
    ['nothing', {}],
    ['what it has already', { limitPriceMinor: 50_000n, quantityMinor: 5_000_000n, expiresAt: at(59) }],
  ])('records nothing where it asks for %s', (_, terms) => {
    expect(amendmentOf(limitBuy, terms, context)).toMatchObject({ records: [], isRepriced: false });
  });

  it('begins anew with another price, and with a larger quantity', () => {
    const priced = amendmentOf(limitBuy, { limitPriceMinor: 49_999n }, context);
    const larger = amendmentOf(limitBuy, { quantityMinor: 5_000_001n }, context);

    expect([priced.isRepriced, larger.isRepriced]).toEqual([true, true]);
    expect(priced.to).toMatchObject({ activeAsOf: at(10), repricedAt: at(20), holdPriceMinor: 49_999n });
    expect(larger.to).toMatchObject({ activeAsOf: at(10), repricedAt: at(20) });
  });

  it.each<[StandingOrder, AmendedTerms]>([
    [stopBuy, { maxPriceMinor: 64_000n }],
    [stopBuy, { stopPriceMinor: 61_000n }],
    [trailingSell, { trailAmountMinor: 2_000n }],
    [
      orderOf('OCO_SELL', { limitPriceMinor: 70_000n, stopPriceMinor: 50_000n, stopLimitPriceMinor: 49_000n }),
      { stopLimitPriceMinor: 48_000n },
    ],
  ])('begins %p anew with %p', (order, terms) => {
    expect(amendmentOf(order, terms, context).isRepriced).toBe(true);
  });

  it('keeps its place with a smaller quantity and another expiry', () => {
    const { to, isRepriced, records } = amendmentOf(
      limitBuy,
      { quantityMinor: 4_999_999n, expiresAt: at(50) },
      context,
    );

    expect(isRepriced).toBe(false);
    expect(to).toMatchObject({
      activeAsOf: at(0),
      expiresAt: at(50),
      timeInForce: 'GTD',
      version: 2,
      updatedAt: at(20),
    });
    expect(to).not.toHaveProperty('repricedAt');
    expect(records).toEqual([
      { at: at(20), actor: 'alice', version: 2, field: 'quantityMinor', from: '5000000', to: '4999999' },
      { at: at(20), actor: 'alice', version: 2, field: 'timeInForce', from: 'GTC', to: 'GTD' },
      { at: at(20), actor: 'alice', version: 2, field: 'expiresAt', from: at(59), to: at(50) },
    ]);
    expect(to.changes).toEqual(records);
  });

  it('begins anew, with its watermark, where it is extended beyond the log that is kept from its beginning', () => {
    const reached = { ...context, watermarkMinor: 58_000n };
    const within = amendmentOf(trailingSell, { expiresAt: at(100) }, reached);
    const beyond = amendmentOf(trailingSell, { expiresAt: at(101) }, reached);
    const later = amendmentOf({ ...trailingSell, expiresAt: at(101) }, { quantityMinor: 1n }, reached);

    expect([within, beyond, later].map(({ isRepriced }) => isRepriced)).toEqual([false, false, false]);
    expect(within.to).toMatchObject({ activeAsOf: at(0), watermarkMinor: 57_000n });
    expect(beyond.to).toMatchObject({ activeAsOf: at(10), repricedAt: at(20), watermarkMinor: 58_000n });
    expect(later.to).toMatchObject({ activeAsOf: at(0), watermarkMinor: 57_000n });
  });

  it('adds its records to those of before', () => {
    const before = { at: at(1), actor: 'alice', version: 2, field: 'limitPriceMinor', from: '1', to: '50000' };

    const { to, records } = amendmentOf({ ...limitBuy, changes: [before] }, { limitPriceMinor: 1n }, context);

    expect(to.changes).toEqual([before, ...records]);
  });

  it('lets a maximum price that was not given follow the stop, rounded up', () => {
    const { to } = amendmentOf(stopBuy, { stopPriceMinor: 60_001n }, context);

    expect(to).toMatchObject({ maxPriceMinor: 63_002n, holdPriceMinor: 63_002n, collarBps: 500 });
  });

  it('keeps one that was given, also where it is given as it was', () => {
    const { collarBps, ...given } = stopBuy;
    const kept = amendmentOf(given, { stopPriceMinor: 61_000n }, context);
    const pinned = amendmentOf(stopBuy, { maxPriceMinor: 63_000n }, context);

    expect(collarBps).toBe(500);
    expect(kept.to.maxPriceMinor).toBe(63_000n);
    expect(pinned.to).not.toHaveProperty('collarBps');
    expect(pinned).toMatchObject({ isRepriced: false, records: [{ field: 'collarBps', from: '500' }] });
  });

  it('keeps one that was not given where the stop stays', () => {
    const { to } = amendmentOf({ ...stopBuy, maxPriceMinor: 62_999n }, { quantityMinor: 6_000_000n }, context);

    expect(to.maxPriceMinor).toBe(62_999n);
  });

  it('re-bases the watermark of a trail, and an amount and a percentage take the place of one another', () => {
    const percent = amendmentOf(trailingSell, { trailBps: 100 }, { ...context, watermarkMinor: 60_000n });
    const amount = amendmentOf(percent.to, { trailAmountMinor: 2_000n }, { ...context, watermarkMinor: 61_000n });

    expect(percent.to).toMatchObject({ trailBps: 100, watermarkMinor: 60_000n });
    expect(percent.triggerMinor).toBe(59_400n);
    expect(percent.to).not.toHaveProperty('trailAmountMinor');
    expect(amount.to).toMatchObject({ trailAmountMinor: 2_000n, watermarkMinor: 61_000n });
    expect(amount.to).not.toHaveProperty('trailBps');
    expect(amendmentOf(percent.to, { trailBps: 200 }, context).isRepriced).toBe(true);
    expect(amount.triggerMinor).toBe(59_000n);
  });

  it('keeps the watermark with which it began where it keeps its place', () => {
    const { to } = amendmentOf(trailingSell, { quantityMinor: 1n }, { ...context, watermarkMinor: 60_000n });

    expect(to.watermarkMinor).toBe(57_000n);
  });

  it('lets the quantity of an order by notional follow its price, and tells of the price alone', () => {
    const byNotional = orderOf('LIMIT_BUY', {
      limitPriceMinor: 50_000n,
      notionalMinor: 10_000n,
      quantityMinor: 2_000_000n,
    });

    const { to, records } = amendmentOf(byNotional, { limitPriceMinor: 40_000n }, context);

    expect(to).toMatchObject({ quantityMinor: 2_500_000n, heldMinor: 10_000n });
    expect(records.map(({ field }) => field)).toEqual(['limitPriceMinor']);
  });
});

describe(hasRecords, () => {
  const record = { at: at(20), actor: 'alice', version: 2, field: 'limitPriceMinor', from: '50000', to: '49999' };
  const other = { ...record, field: 'expiresAt', from: at(59), to: at(50) };
  const ours = { records: [record, other] };

  it('finds all records of an amendment among others', () => {
    const step = { at: at(30), actor: 'system', version: 3, field: 'triggeredAt', to: at(29) };

    expect(hasRecords({ ...limitBuy, changes: [record, other, step] }, ours)).toBe(true);
  });

  it.each<object>([{ at: at(21) }, { actor: 'bob' }, { version: 3 }, { field: 'stopPriceMinor' }, { to: '49998' }])(
    'finds none where another amendment came first, which differs by %p',
    (difference) => {
      const changes = [{ ...record, ...difference }, other];

      expect(hasRecords({ ...limitBuy, changes }, ours)).toBe(false);
    },
  );

  it('finds none in an order that was never amended', () => {
    expect(hasRecords(limitBuy, ours)).toBe(false);
  });
});

const price = fc.bigInt(1n, 200_000n);
const types: Readonly<Record<string, fc.Arbitrary<Partial<Order>>>> = {
  LIMIT_BUY: fc.record({ limitPriceMinor: price }),
  LIMIT_SELL: fc.record({ limitPriceMinor: price }),
  STOP_LOSS_BUY: fc.oneof(
    fc.record({ stopPriceMinor: price, maxPriceMinor: price, collarBps: fc.constant(500) }),
    fc.record({ stopPriceMinor: price, limitPriceMinor: price }),
  ),
  STOP_LOSS_SELL: fc.record({ stopPriceMinor: price }),
  TAKE_PROFIT_BUY: fc.record({ stopPriceMinor: price }),
  TRAILING_STOP_BUY: fc.record({
    trailBps: fc.integer({ min: 1, max: 9_999 }),
    maxPriceMinor: price,
    watermarkMinor: price,
  }),
  TRAILING_STOP_SELL: fc.record({ trailAmountMinor: price, watermarkMinor: price }),
  OCO_BUY: fc.record({ limitPriceMinor: price, stopPriceMinor: price, stopLimitPriceMinor: price }),
  OCO_SELL: fc.record({ limitPriceMinor: price, stopPriceMinor: price }),
};
const filled = fc.array(fc.bigInt(1n, 100_000n), { maxLength: 3 }).map((quantities) =>
  quantities.map((quantityMinor, index) => ({
    ...{ transactionId: `01KE6X5Z3V7Q2M9T4B8N1C0DF${index}`, priceMinor: 1n, notionalMinor: 1n },
    ...{ quantityMinor, venueFillId: `v-${index}`, executedAt: at(5) },
  })),
);
/** Orders of every kind, at a venue and partly filled, with and without a fee. */
const arbitraryOrder = fc
  .constantFrom(...Object.keys(types))
  .chain((orderType) =>
    fc.tuple(fc.constant(orderType), types[orderType] ?? fc.constant({}), filled, fc.integer({ min: 0, max: 1_000 })),
  )
  .map(([orderType, terms, fills, feeBps]) =>
    orderOf(orderType as OrderType, { ...terms, fills, feeBps, maxFills: 8, execution: 'VENUE' }),
  );
/** Amendments of the fields that the order has. */
const arbitraryTerms = fc.record(
  {
    quantityMinor: fc.bigInt(300_001n, 9_000_000n),
    limitPriceMinor: price,
    stopPriceMinor: price,
    stopLimitPriceMinor: price,
    maxPriceMinor: price,
    trailAmountMinor: price,
    expiresAt: fc.constantFrom(at(40), at(59)),
  },
  { requiredKeys: [] },
);
const ofItsOwn = (order: Order, terms: AmendedTerms): AmendedTerms =>
  Object.fromEntries(
    Object.entries(terms).filter(([field]) => (field === 'trailAmountMinor' ? isTrail(order) : field in order)),
  );

const textOf = (order: Order, field: string) => {
  const { [field as 'limitPriceMinor']: value } = order;
  return value?.toString();
};

describe('amendments of any order, one after another', () => {
  it('hold what the order needs, and change nothing that was filled', () => {
    fc.assert(
      fc.property(
        arbitraryOrder,
        fc.array(arbitraryTerms, { minLength: 1, maxLength: 8 }),
        price,
        (order, all, mark) => {
          const amended = all.reduce<StandingOrder>((from, terms) => {
            const watermarkMinor = isTrail(from) ? mark : undefined;
            return amendmentOf(from, ofItsOwn(from, terms), { ...context, watermarkMinor }).to;
          }, order);

          expect(amended.heldMinor).toBe(needOf(amended));
          expect(amended.fills).toEqual(order.fills);
          for (const field of [
            'orderId',
            'owner',
            'orderType',
            'status',
            'assetId',
            'feeBps',
            'maxFills',
            'createdAt',
          ] as const)
            expect(amended[field]).toBe(order[field]);
        },
      ),
    );
  });

  it('record every field that changed, and a repeat records none', () => {
    fc.assert(
      fc.property(arbitraryOrder, arbitraryTerms, price, (order, all, mark) => {
        const terms = ofItsOwn(order, all);
        const marked = { ...context, watermarkMinor: isTrail(order) ? mark : undefined };

        const { to, records } = amendmentOf(order, terms, marked);
        const again = amendmentOf(to, terms, marked);

        for (const { field, from, to: value } of records) {
          expect(textOf(order, field)).toBe(from);
          expect(textOf(to, field)).toBe(value);
        }
        expect(again.records).toEqual([]);
      }),
    );
  });

  it('leave the keys by which an order is found as they are, where it keeps its place and its expiry', () => {
    const shards = { trigger: 4, expiry: 4 };
    fc.assert(
      fc.property(arbitraryOrder, fc.bigInt(300_001n, 4_999_999n), (order, quantityMinor) => {
        const { to, isRepriced } = amendmentOf(order, { quantityMinor }, context);

        expect(isRepriced).toBe(false);
        expect(triggerKeysOf(to, shards)).toEqual(triggerKeysOf(order, shards));
      }),
    );
  });
});
