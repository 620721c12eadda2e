import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
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
