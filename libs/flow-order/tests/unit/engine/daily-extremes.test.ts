import { makeTick } from '@cnop/entities-inventory/testing';
import { createDailyExtremes } from '../../../src/engine/daily-extremes.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 2, 14);
/** A tick, in milliseconds after the start of an hour. */
const tickAt = (ms: number, priceMinor: bigint, overrides = {}) =>
  makeTick({ asOf: new Date(start + ms).toISOString(), priceMinor, ...overrides });
const after = (...ticks: Parameters<typeof tickAt>[]) => {
  const day = createDailyExtremes();
  for (const tick of ticks) day.add([tickAt(...tick)]);
  return day;
};

describe(createDailyExtremes, () => {
  it('knows none before the first price that may trigger', () => {
    const day = after([0, 5n, { executable: false }], [1, 6n, { paused: true }]);
    day.add([]);

    expect(day.since(0)).toBeUndefined();
  });

  it('has the highest and the lowest price, whether one came first or last, of one call or of several', () => {
    const day = createDailyExtremes();
    day.add([tickAt(0, 5n), tickAt(1, 9n), tickAt(2, 1n, { executable: false })]);
    day.add([tickAt(3, 3n), tickAt(hour, 7n)]);

    expect(day.since(0)).toEqual({ highest: 9n, lowest: 3n });
  });

  it('has those of several hours together', () => {
    const day = after([0, 5n], [hour, 9n], [2 * hour, 2n], [3 * hour, 4n]);

    expect(day.since(start)).toEqual({ highest: 9n, lowest: 2n });
    expect(day.since(start + 3 * hour)).toEqual({ highest: 4n, lowest: 4n });
  });

  it('begins with the hour of the moment', () => {
    const day = after([0, 5n], [hour, 9n]);

    expect(day.since(start + hour - 1)).toEqual({ highest: 9n, lowest: 5n });
    expect(day.since(start + hour)).toEqual({ highest: 9n, lowest: 9n });
    expect(day.since(start + 2 * hour - 1)).toEqual({ highest: 9n, lowest: 9n });
    expect(day.since(start + 2 * hour)).toBeUndefined();
  });

  it('forgets an hour when the one of the same name a day later begins', () => {
    const day = after([hour - 1, 5n], [24 * hour - 1, 9n]);
    expect(day.since(0)).toEqual({ highest: 9n, lowest: 5n });

    day.add([tickAt(24 * hour, 8n)]);

    expect(day.since(0)).toEqual({ highest: 9n, lowest: 8n });
  });
});
