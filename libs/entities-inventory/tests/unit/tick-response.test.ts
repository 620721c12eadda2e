import {
  tickListResponseSchema,
  tickResponseSchema,
  toTickListResponse,
  toTickResponse,
} from '@cnop/entities-inventory';
import { makeTick } from '@cnop/entities-inventory/testing';
import { parseDecimal } from '@cnop/utils';
import fc from 'fast-check';

import { ticks } from './arbitraries.ts';

describe(toTickResponse, () => {
  it('shows the price in decimal text', () => {
    expect(toTickResponse(makeTick({ paused: true }), { priceScale: 2 })).toStrictEqual({
      asOf: '2026-01-05T09:30:00.000Z',
      price: '150.25',
      source: 'test-feed',
      acceptedAt: '2026-01-05T09:30:01.000Z',
      executable: true,
      paused: true,
    });
  });

  it('gives every valid tick a response that its schema accepts, JSON carries and reads back exactly', () => {
    fc.assert(
      fc.property(ticks, fc.integer({ min: 0, max: 18 }), (tick, priceScale) => {
        const response = toTickResponse(tick, { priceScale });

        expect(tickResponseSchema.parse(JSON.parse(JSON.stringify(response)))).toStrictEqual(response);
        expect(parseDecimal(response.price, priceScale)).toBe(tick.priceMinor);
      }),
    );
  });
});

describe(toTickListResponse, () => {
  it('shows each tick and the cursor to the next page, if there is one', () => {
    const asset = { priceScale: 2 };
    const response = toTickListResponse({ items: [makeTick()], nextCursor: 'abc' }, asset);

    expect(response).toStrictEqual({ items: [toTickResponse(makeTick(), asset)], nextCursor: 'abc' });
    expect(tickListResponseSchema.parse(response)).toStrictEqual(response);
    expect(toTickListResponse({ items: [] }, asset)).toStrictEqual({ items: [] });
  });
});
