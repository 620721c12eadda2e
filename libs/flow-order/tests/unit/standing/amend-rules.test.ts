import { makeAsset } from '@cnop/entities-inventory/testing';
import { needOf, type Order, type StandingOrder } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { refusalOf } from '@cnop/testing';
import { amendableOrder, assertAllowed, pricedAsset, type AmendingRole } from '../../../src/standing/amend-rules.ts';
import { amendmentOf } from '../../../src/standing/amendment.ts';
import type { AmendedTerms } from '../../../src/standing/amended-terms.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 30, second)).toISOString();
const now = new Date(at(20));
const asset = pricedAsset(
  makeAsset({
    minNotionalMinor: 100n,
    priceMinor: 20_000n,
    priceAsOf: at(10),
    executablePriceMinor: 20_000n,
    executableAsOf: at(10),
  }),
);

function orderOf(terms: Partial<Order> = {}): StandingOrder {
  const order: StandingOrder = {
    ...makeOrder({ status: 'QUEUED', orderType: 'LIMIT_BUY' }),
    limitPriceMinor: 15_000n,
    holdPriceMinor: 15_000n,
    activeAsOf: at(0),
    expiresAt: at(50),
    ...terms,
  };

  return { ...order, heldMinor: needOf(order) };
}

const refusalIn = (act: () => unknown) => refusalOf(Promise.resolve().then(act));

describe(amendableOrder, () => {
  const worked = (order: Order, isPast = false, priceAsOf: string | undefined = at(10)) => ({
    order,
    isPast,
    asset: makeAsset({ priceAsOf }),
  });

  it('is an order that is open', () => {
    const open = orderOf();
    const partly = orderOf({ status: 'PROCESSING', execution: 'VENUE' });

    expect(amendableOrder(worked(open), undefined)).toBe(open);
    expect(amendableOrder(worked(partly), undefined)).toBe(partly);
    expect(amendableOrder(worked(partly), 'venue')).toBe(partly);
    expect(amendableOrder(worked(orderOf({ expiresAt: at(11) })), undefined)).toBeDefined();
  });

  it.each<[string | undefined, Partial<Order>, { role?: AmendingRole; isPast?: boolean }]>([
    [undefined, { status: 'COMPLETED' }, {}],
    [undefined, { status: 'PENDING' }, {}],
    ['END_REQUESTED', { execution: 'VENUE', endRequested: { status: 'CANCELLED', at: at(1) } }, { role: 'venue' }],
    ['SET_ASIDE', { setAsideAt: at(1) }, {}],
    ['MARKET_ORDER', { execution: 'VENUE', activeAsOf: undefined, expiresAt: undefined }, { role: 'venue' }],
    ['PAST_EXPIRY', {}, { isPast: true }],
    ['PAST_EXPIRY', { expiresAt: at(10) }, {}],
    ['PAST_EXPIRY', { expiresAt: at(10), execution: 'VENUE' }, { role: 'venue' }],
  ])('refuses for %p the order with %p', async (reason, terms, { role, isPast }) => {
    const order = orderOf(terms);
    const { orderId, status } = order;

    const refusal = await refusalIn(() => amendableOrder(worked(order, isPast), role));

    expect(refusal.code).toBe('ORDER_NOT_AMENDABLE');
    expect(refusal.details).toStrictEqual({ orderId, status, ...(reason !== undefined && { reason }) });
  });
});

describe('an order of the platform', () => {
  it('is not for a venue to amend', async () => {
    const refusal = await refusalIn(() => amendableOrder({ order: orderOf(), isPast: false, asset }, 'venue'));

    expect(refusal.code).toBe('VALIDATION_FAILED');
  });
});

describe(pricedAsset, () => {
  it.each(['priceAsOf', 'executablePriceMinor', 'executableAsOf'])('refuses an asset without %s', async (name) => {
    const refusal = await refusalIn(() => pricedAsset({ ...asset, [name]: undefined }));

    expect(refusal).toMatchObject({ code: 'PRICE_UNAVAILABLE', details: { assetId: asset.assetId } });
  });
});

describe(assertAllowed, () => {
  const settings = { maxPriceAgeMs: 60_000, maxOrderLifeMs: 3_600_000 };
  const allow = (
    from: StandingOrder,
    terms: AmendedTerms,
    rest: { expectedVersion?: number; role?: AmendingRole } = {},
  ) => {
    const context = { at: at(20), actor: 'alice', priceAsOf: at(10), watermarkMinor: from.watermarkMinor };
    const amendment = amendmentOf(from, terms, { ...context, maxOrderLifeMs: settings.maxOrderLifeMs });

    return () => {
      assertAllowed(settings, { from, amendment, asset, now, expectedVersion: undefined, role: undefined, ...rest });
    };
  };
  /** Two to an amendment. */
  const changes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ at: at(1), actor: 'alice', version: Math.floor(index / 2) + 2 },
      field: `field-${index}`,
    }));

  it('takes the version that is expected, and no other', async () => {
    const refusal = await refusalIn(allow(orderOf({ version: 4 }), { quantityMinor: 9n }, { expectedVersion: 3 }));

    expect(allow(orderOf({ version: 3 }), { quantityMinor: 9n }, { expectedVersion: 3 })).not.toThrow();
    expect(refusal).toMatchObject({
      code: 'VERSION_CONFLICT',
      details: { resource: 'order', expectedVersion: 3, currentVersion: 4 },
    });
  });

  it('counts amendments, not fields, and not the step to a limit order', async () => {
    const step = { at: at(1), actor: 'system', version: 99, field: 'triggeredAt' };

    const refusal = await refusalIn(allow(orderOf({ changes: changes(100) }), { quantityMinor: 9n }));

    expect(refusal).toMatchObject({ code: 'AMEND_LIMIT_REACHED', details: { maximum: 50 } });
    expect(allow(orderOf({ changes: changes(98) }), { quantityMinor: 9n })).not.toThrow();
    expect(allow(orderOf({ changes: [...changes(98), step] }), { quantityMinor: 9n })).not.toThrow();
  });

  it('judges an expiry only where it is amended, by now, the newest tick and the life of orders', async () => {
    const later = (ms: number) => new Date(now.getTime() + ms).toISOString();

    const [early, late] = [
      await refusalIn(allow(orderOf(), { expiresAt: later(0) })),
      await refusalIn(allow(orderOf(), { expiresAt: later(3_600_001) })),
    ];

    expect([early.code, late.code]).toEqual(Array(2).fill('EXPIRY_OUT_OF_RANGE'));
    expect(allow(orderOf(), { expiresAt: later(1) })).not.toThrow();
    expect(allow(orderOf(), { expiresAt: later(3_600_000) })).not.toThrow();
    expect(allow(orderOf({ expiresAt: later(9_000_000) }), { quantityMinor: 9n })).not.toThrow();
  });

  it('judges minimums only where the quantity or a price is amended', async () => {
    const small = orderOf({ quantityMinor: 1n, limitPriceMinor: 1n, holdPriceMinor: 1n });

    const refusal = await refusalIn(allow(small, { limitPriceMinor: 2n }));

    expect(refusal.code).toBe('NOTIONAL_BELOW_MINIMUM');
    expect(allow(small, { expiresAt: at(40) })).not.toThrow();
  });

  const trailing = { watermarkMinor: 20_000n, limitPriceMinor: undefined };

  it.each<[Partial<Order>, AmendedTerms, string]>([
    [{ stopPriceMinor: 21_000n, limitPriceMinor: 22_000n }, { limitPriceMinor: 20_999n }, 'LIMIT_ON_WRONG_SIDE'],
    [{ stopPriceMinor: 21_000n, limitPriceMinor: 22_000n }, { stopPriceMinor: 20_000n }, 'ORDER_WOULD_TRIGGER'],
    [
      { orderType: 'TRAILING_STOP_BUY', trailAmountMinor: 100n, maxPriceMinor: 90_000n, ...trailing },
      { trailAmountMinor: 20_000n },
      'TRAIL_TOO_WIDE',
    ],
    [
      { orderType: 'LIMIT_BUY', limitPriceMinor: 15_000n, exitTerms: { takeProfitPriceMinor: 16_000n } },
      { limitPriceMinor: 16_000n },
      'EXITS_ON_WRONG_SIDE',
    ],
  ])('judges the prices of %p where they are amended by %p: %s', async (terms, amended, code) => {
    const order = orderOf({ orderType: 'STOP_LOSS_BUY', holdPriceMinor: 22_000n, ...terms });

    const refusal = await refusalIn(allow(order, amended));

    expect(refusal.code).toBe(code);
    expect(allow(order, { expiresAt: at(40) })).not.toThrow();
  });

  it('lets the limit of a stop-limit whose stop was touched lie on any side of it', () => {
    const terms = { stopPriceMinor: 21_000n, limitPriceMinor: 22_000n, holdPriceMinor: 22_000n };
    const touched = orderOf({ orderType: 'STOP_LOSS_BUY', ...terms, triggeredAt: at(5) });

    expect(allow(touched, { limitPriceMinor: 20_999n })).not.toThrow();
  });

  it('lets a venue lower a hold, and an owner raise it', async () => {
    const atVenue = orderOf({ execution: 'VENUE', maxFills: 8 });

    const [quantity, price] = [
      await refusalIn(allow(atVenue, { quantityMinor: 9n })),
      await refusalIn(allow(atVenue, { limitPriceMinor: 14_999n })),
    ];

    expect(quantity.details).toEqual({ orderId: atVenue.orderId, status: 'QUEUED', reason: 'LOWERS_VENUE_HOLD' });
    expect(price.code).toBe('ORDER_NOT_AMENDABLE');
    expect(allow(atVenue, { quantityMinor: 9n }, { role: 'venue' })).not.toThrow();
    expect(allow(atVenue, { quantityMinor: 11n })).not.toThrow();
    expect(allow(atVenue, { expiresAt: at(40) })).not.toThrow();
    expect(allow(orderOf(), { quantityMinor: 9n })).not.toThrow();
  });
});
