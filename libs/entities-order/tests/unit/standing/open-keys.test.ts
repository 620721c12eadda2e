import { openKeysOf, type Order } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';

const shards = { trigger: 1, expiry: 1 };
const at = (minute: number) => `2026-03-02T14:${minute.toString().padStart(2, '0')}:00.000Z`;
const standing: Partial<Order> = {
  orderType: 'LIMIT_BUY',
  assetId: 'GLDX',
  status: 'QUEUED',
  limitPriceMinor: 50_000n,
  activeAsOf: at(0),
  expiresAt: '2026-03-09T14:30:00.000Z',
  createdAt: at(1),
};
const keysOf = (order: Partial<Order>) => openKeysOf(makeOrder({ ...standing, ...order }), shards);
const change = (minute: number) => ({ at: at(minute), actor: 'ada', version: 2, field: 'quantityMinor' });
const expiry = { expiryShard: '2026-03-09T14#0', expirySort: '2026-03-09T14:30:00.000Z#GLDX' };

describe(openKeysOf, () => {
  it.each(['COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED'] as const)('are none of an order that is %s', (status) => {
    expect(keysOf({ status })).toEqual({});
    expect(keysOf({ status, execution: 'VENUE' })).toEqual({});
  });

  it('have one that waits for a price in the price indexes, by its time and its expiry', () => {
    const keys = keysOf({});

    expect(keys).toEqual({
      fallShard: 'GLDX#0',
      fallSort: expect.stringMatching(/^9{20}49999\d{13}$/) as string,
      ...expiry,
    });
  });

  it('have one that was set aside in its list, and in no price index', () => {
    expect(keysOf({ setAsideAt: at(5) })).toEqual({ fallShard: 'ASIDE#GLDX', fallSort: at(5), ...expiry });
  });

  it.each([
    ['its placing', {}, 1],
    ['its last amendment', { changes: [change(2), change(3)] }, 3],
    ['its last raise', { repricedAt: at(4), changes: [change(3)] }, 4],
    ['an amendment after its last raise', { repricedAt: at(2), changes: [change(3)] }, 3],
  ])('have one at a venue in the list of what to route, by the time of %s', (_, order, minute) => {
    const keys = keysOf({ execution: 'VENUE', ...order });

    expect(keys).toEqual({ fallShard: 'VENUE#GLDX', fallSort: `OPEN#${at(minute)}`, ...expiry });
  });

  it('have one that is to end in the list of that, and expiring no more', () => {
    const endRequested = { status: 'CANCELLED', at: at(6) } as const;

    expect(keysOf({ execution: 'VENUE', endRequested })).toEqual({ fallShard: 'VENUE#GLDX', fallSort: `END#${at(6)}` });
  });

  it('have a market order at a venue in its list alone', () => {
    const market = {
      orderType: 'MARKET_BUY',
      execution: 'VENUE',
      activeAsOf: undefined,
      expiresAt: undefined,
    } as const;

    expect(keysOf(market)).toEqual({ fallShard: 'VENUE#GLDX', fallSort: `OPEN#${at(1)}` });
    expect(keysOf({ ...market, execution: undefined })).toEqual({});
  });
});
