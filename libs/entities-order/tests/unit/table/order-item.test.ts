import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Order } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { fromOrderItem, orderGuardOf, orderItemSchema, toOrderItem } from '@cnop/entities-order/table';
import { MAX_MINOR } from '@cnop/utils';
import { Parser } from 'dynamodb-toolbox/schema/actions/parse';
import fc from 'fast-check';

import { orders } from '../arbitraries.ts';
import { itemSize } from '../item-size.ts';

const guard = { requestHash: 'h'.repeat(43), writeId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b71' };

/** What the document client reads after the item was stored: small amounts as `number`, large ones as `bigint`. */
const stored = (item: object) => unmarshall(marshall(item));

describe(toOrderItem, () => {
  it('adds key, index attributes, guard and schema version to the attributes of the order', () => {
    const item = toOrderItem(makeOrder({ status: 'PENDING', note: undefined }), guard);

    expect(item).toStrictEqual({
      pk: 'ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70',
      sk: 'ORDER',
      owner: 'alice',
      orderType: 'MARKET_BUY',
      status: 'PENDING',
      assetId: 'AAPL',
      currency: 'USD',
      quantityMinor: 10n,
      quantityScale: 0,
      priceScale: 2,
      currencyScale: 2,
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
      version: 1,
      assetCreatedAt: 'AAPL#2026-01-05T09:30:00.000Z',
      statusCreatedAt: 'PENDING#2026-01-05T09:30:00.000Z',
      ...guard,
      schemaVersion: 1,
    });
  });

  it('makes items that dynamodb-toolbox takes as they are', () => {
    const parser = orderItemSchema.build(Parser);

    fc.assert(
      fc.property(orders, (order) => {
        const item = toOrderItem(order, guard);

        expect(parser.parse(item)).toStrictEqual(item);
      }),
    );
  });

  it('keeps a market order within 1024 bytes, which is one write unit', () => {
    const order = makeOrder({
      owner: 'u'.repeat(30),
      clientOrderId: 'c'.repeat(64),
      orderType: 'MARKET_SELL',
      assetId: 'A'.repeat(20),
      quantityMinor: 123_456_789_012_345_678n,
      minPriceMinor: 123_456_789n,
      feeBps: 999,
      priceAsOf: '2026-01-05T09:30:00.000Z',
      priceSource: 's'.repeat(64),
      fills: [
        makeFill({
          priceMinor: 123_456_789n,
          quantityMinor: 123_456_789_012_345_678n,
          notionalMinor: 123_456_789_012_345n,
          feeMinor: 12_345_678_901_235n,
        }),
      ],
    });

    expect(itemSize(toOrderItem(order, guard))).toBeLessThanOrEqual(1024);
  });

  it('keeps a stop or an OCO that is not amended within 1024 bytes, and takes 2, 3 and 7 units with 1, 8 and 32 fills', () => {
    const standing: Partial<Order> = {
      owner: 'u'.repeat(64),
      clientOrderId: 'c'.repeat(64),
      status: 'QUEUED',
      assetId: 'A'.repeat(20),
      timeInForce: 'GTC',
      quantityMinor: 123_456_789_012n,
      heldMinor: 123_456_789_012n,
      stopPriceMinor: 123_456_789n,
      activeAsOf: '2026-01-05T09:30:00.000Z',
      expiresAt: '2026-04-05T09:30:00.000Z',
      holdTransactionId: '01KE6Q3T8J4V5W6X7Y8Z9A0B1C',
      fills: [],
    };
    const oco: Partial<Order> = { ...standing, orderType: 'OCO_SELL', limitPriceMinor: 987_654_321n };
    const atVenue = { ...oco, execution: 'VENUE', maxFills: 32, feeBps: 25, status: 'PROCESSING' } as const;
    const fill = makeFill({
      priceMinor: 123_456_789n,
      quantityMinor: 3_858_024_656n,
      notionalMinor: 4_763_003_112n,
      feeMinor: 11_907_508n,
      transactionId: '01KE6Q3T8J4V5W6X7Y8Z9A0B1E',
      venueFillId: 'f'.repeat(26),
    });
    const ulidGuard = { ...guard, writeId: '01KE6Q3T8J4V5W6X7Y8Z9A0B1D' };
    const sizeOf = (order: Partial<Order>) =>
      itemSize(toOrderItem(makeOrder(order), ulidGuard, { trigger: 1, expiry: 1 }));
    const withFills = (count: number) => sizeOf({ ...atVenue, fills: Array.from({ length: count }, () => fill) });

    expect(sizeOf({ ...standing, orderType: 'STOP_LOSS_SELL' })).toBeLessThanOrEqual(1_024);
    expect(sizeOf(oco)).toBeLessThanOrEqual(1_024);
    expect([1, 8, 32].map((count) => Math.ceil(withFills(count) / 1_024))).toEqual([2, 3, 7]);
  });
});

describe(fromOrderItem, () => {
  it('reverses toOrderItem for every valid order', () => {
    fc.assert(
      fc.property(orders, (order) => expect(fromOrderItem({ ...toOrderItem(order, guard) })).toStrictEqual(order)),
    );
  });

  it('reverses it also after a journey through the document client', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const raw = stored(toOrderItem(order, guard));

        expect(fromOrderItem(raw)).toStrictEqual(order);
      }),
    );
  });

  it('makes bigint of what was read as number and of what was read as bigint', () => {
    const raw = stored(toOrderItem(makeOrder({ quantityMinor: 7n, maxPriceMinor: MAX_MINOR }), guard));

    expect([raw.quantityMinor, raw.maxPriceMinor]).toEqual([7, MAX_MINOR]);
    expect(fromOrderItem(raw)).toMatchObject({ quantityMinor: 7n, maxPriceMinor: MAX_MINOR });
  });

  it('takes absent fills for none and an absent hold for 0, and as well when they are written out', () => {
    const raw = stored(toOrderItem(makeOrder({ status: 'PENDING' }), guard));

    expect(raw).not.toHaveProperty('fills');
    expect(raw).not.toHaveProperty('heldMinor');
    expect(fromOrderItem(raw)).toMatchObject({ fills: [], heldMinor: 0n });
    expect(fromOrderItem({ ...raw, fills: [], heldMinor: 0 })).toMatchObject({ fills: [], heldMinor: 0n });
  });

  it('ignores attributes that it does not know, at every level', () => {
    const order = makeOrder();
    const raw = stored(toOrderItem(order, guard));

    const newer = { ...raw, triggerKey: 'x', schemaVersion: 2, fills: [{ ...(raw.fills as object[])[0], fee: 1 }] };

    expect(fromOrderItem(newer)).toStrictEqual(order);
  });

  it.each<[string, object]>([
    ['status', { status: 'DONE' }],
    ['orderType', { orderType: undefined }],
    ['quantityMinor', { quantityMinor: '10' }],
    ['quantityMinor', { quantityMinor: 0.5 }],
    ['quantityMinor', { quantityMinor: 2 ** 60 }],
    ['heldMinor', { heldMinor: 1.5 }],
    ['priceScale', { priceScale: 1.5 }],
    ['version', { version: Number.NaN }],
    ['version', { version: 2 ** 60 }],
    ['fills[0].priceMinor', { fills: [{ ...makeFill(), priceMinor: undefined }] }],
    ['fills[0].notionalMinor', { fills: [{ ...makeFill(), notionalMinor: 0.1 }] }],
    ['fills', { fills: 'none' }],
  ])('names the item and the attribute when %s is malformed', (attribute, change) => {
    const raw = { ...stored(toOrderItem(makeOrder(), guard)), ...change };

    const read = () => fromOrderItem(raw);

    expect(read).toThrow('Malformed order item ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70: ');
    expect(read).toThrow(`'${attribute}'`);
  });

  it('refuses the item of something else', () => {
    const raw = { ...stored(toOrderItem(makeOrder(), guard)), pk: 'USER#alice' };

    expect(() => fromOrderItem(raw)).toThrow("Malformed order item USER#alice: attribute 'pk'");
  });

  it.each([undefined, 1, Object.create(null)])('refuses an item whose key is no text', (pk) => {
    const raw = { ...stored(toOrderItem(makeOrder(), guard)), pk: pk as unknown };

    expect(() => fromOrderItem(raw)).toThrow("Malformed order item without a key: attribute 'pk'");
  });
});

describe(orderGuardOf, () => {
  it('reads the guard and nothing else', () => {
    expect(orderGuardOf(stored(toOrderItem(makeOrder(), guard)))).toStrictEqual(guard);
  });

  it.each(['requestHash', 'writeId'])('names %s when it is missing', (attribute) => {
    const raw = { ...stored(toOrderItem(makeOrder(), guard)), [attribute]: undefined };

    expect(() => orderGuardOf(raw)).toThrow(new RegExp(`^Malformed order item ORDER#.*'${attribute}'`));
  });
});
