import {
  afterTick,
  assetSchema,
  judgeTick,
  MAX_PRICE_AGE_MS,
  tickSchema,
  type TickTerms,
} from '@cnop/entities-inventory';
import { makeAsset, makeTick } from '@cnop/entities-inventory/testing';
import { MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';

import { assets, ticks } from './arbitraries.ts';

const asOf = '2026-01-05T09:31:00.000Z';
const at = (ageMs: number) => new Date(Date.parse(asOf) + ageMs).toISOString();
const priceOf = (priceMinor: bigint) => ({ priceMinor, asOf, source: 'feed' });
const judge = (asset: TickTerms, priceMinor: bigint, ageMs = 0) =>
  judgeTick(asset, priceOf(priceMinor), { acceptedAt: at(ageMs) });

describe('tickSchema', () => {
  it('accepts every valid tick as it is', () => {
    fc.assert(fc.property(ticks, (tick) => expect(tickSchema.parse(tick)).toStrictEqual(tick)));
  });
});

describe(judgeTick, () => {
  it('names the tick before, and marks an executable one as nothing else', () => {
    expect(judge(makeAsset(), 15_026n, 1)).toStrictEqual({
      assetId: 'AAPL',
      asOf,
      priceMinor: 15_026n,
      source: 'feed',
      acceptedAt: at(1),
      previousAsOf: '2026-01-05T09:30:00.000Z',
      executable: true,
    });
  });

  it('names none before the first', () => {
    const unpriced = makeAsset({ priceAsOf: undefined, priceMinor: undefined, executablePriceMinor: undefined });

    expect(judge(unpriced, 1n)).not.toHaveProperty('previousAsOf');
  });

  it.each([
    [60_000, true],
    [60_001, false],
    [-5_000, true],
  ])('takes a price that is %i ms old as executable: %p', (ageMs, executable) => {
    expect(judge(makeAsset(), 15_026n, ageMs)).toMatchObject({ executable });
    expect(MAX_PRICE_AGE_MS).toBe(60_000);
  });

  it('takes an age of its own', () => {
    const acceptedAt = at(11);

    expect(judgeTick(makeAsset(), priceOf(1n), { acceptedAt, maxPriceAgeMs: 10 }).executable).toBe(false);
    expect(judgeTick(makeAsset(), priceOf(1n), { acceptedAt, maxPriceAgeMs: 11 }).executable).toBe(true);
  });

  it('takes no price of an inactive asset as executable', () => {
    expect(judge(makeAsset({ status: 'INACTIVE' }), 15_026n)).toMatchObject({ executable: false });
    expect(judge(makeAsset({ status: 'INACTIVE' }), 15_026n)).not.toHaveProperty('outOfBand');
  });

  it('marks an executable tick as paused while triggers are, and no other', () => {
    const paused = makeAsset({ triggersPaused: true });

    expect(judge(paused, 15_026n)).toMatchObject({ executable: true, paused: true });
    expect(judge(paused, 15_026n, 60_001)).not.toHaveProperty('paused');
  });

  it.each([
    [10_500n, true],
    [10_501n, false],
    [9_500n, true],
    [9_499n, false],
  ])('with a band of 5 % around 100.00 takes %i as executable: %p', (priceMinor, executable) => {
    const { outOfBand, ...tick } = judge(makeAsset({ executablePriceMinor: 10_000n, maxTickMoveBps: 500 }), priceMinor);

    expect(tick).toMatchObject({ executable });
    expect(outOfBand).toBe(executable ? undefined : true);
  });

  it('takes any price where there is no reference price yet', () => {
    const unpriced = makeAsset({ executablePriceMinor: undefined, maxTickMoveBps: 1 });

    expect(judge(unpriced, MAX_MINOR)).toMatchObject({ executable: true });
  });

  it('takes a price near one out of band as its confirmation, and goes on from there', () => {
    const start = makeAsset({ executablePriceMinor: 10_000n, maxTickMoveBps: 500 });
    const misprint = judge(start, 20_000n);
    const afterwards = afterTick(start, misprint);
    const confirming = judge(afterwards, 21_000n);

    expect(misprint).toMatchObject({ executable: false, outOfBand: true });
    expect(afterwards).toMatchObject({ priceMinor: 20_000n, executablePriceMinor: 10_000n, outOfBand: true });
    expect(confirming).toMatchObject({ executable: true });
    expect(confirming).not.toHaveProperty('outOfBand');
    expect(afterTick(afterwards, confirming)).not.toHaveProperty('outOfBand');
    expect(judge(afterTick(afterwards, confirming), 10_000n)).toMatchObject({ executable: false, outOfBand: true });
  });

  it('takes a price near the reference price after one out of band, and the next there is not confirmed', () => {
    const start = makeAsset({ executablePriceMinor: 10_000n, maxTickMoveBps: 500 });
    const afterMisprint = afterTick(start, judge(start, 20_000n));
    const back = judge(afterMisprint, 10_100n);

    expect(back).toMatchObject({ executable: true });
    expect(judge(afterTick(afterMisprint, back), 20_000n)).toMatchObject({ executable: false, outOfBand: true });
  });

  it('keeps what confirms too late out of band, so that the next may confirm that', () => {
    const start = makeAsset({ executablePriceMinor: 10_000n, maxTickMoveBps: 500 });
    const afterMisprint = afterTick(start, judge(start, 20_000n));
    const late = judge(afterMisprint, 20_001n, 60_001);

    expect(late).toMatchObject({ executable: false, outOfBand: true });
    expect(judge(afterTick(afterMisprint, late), 20_002n)).toMatchObject({ executable: true });
  });

  it('is exact: a tick is within the band exactly if its distance in basis points is, without rounding', () => {
    const prices = fc.bigInt(1n, MAX_MINOR);

    fc.assert(
      fc.property(prices, prices, fc.integer({ min: 1, max: 9_999 }), (reference, priceMinor, maxTickMoveBps) => {
        const lowest = (reference * BigInt(10_000 - maxTickMoveBps) + 9_999n) / 10_000n;
        const highest = (reference * BigInt(10_000 + maxTickMoveBps)) / 10_000n;
        const asset = makeAsset({ executablePriceMinor: reference, maxTickMoveBps });

        for (const candidate of [priceMinor, lowest, lowest - 1n, highest, highest + 1n]) {
          const tick = judge(asset, candidate);

          expect(tick.executable).toBe(candidate >= lowest && candidate <= highest);
          expect(tick.outOfBand === true).toBe(!tick.executable);
        }
      }),
    );
  });

  it('has no tick that is executable and out of band, or paused and not executable', () => {
    fc.assert(
      fc.property(assets, ticks, (asset, price) => {
        const tick = judgeTick(asset, price, price);

        expect(tickSchema.parse(tick)).toStrictEqual(tick);
        expect(tick.executable && tick.outOfBand).toBeFalsy();
        expect(!tick.executable && tick.paused).toBeFalsy();
        expect(tick.executable && asset.status !== 'ACTIVE').toBe(false);
      }),
    );
  });
});

describe(afterTick, () => {
  it('makes an executable tick the price and the reference price of the asset', () => {
    const tick = makeTick({ asOf, priceMinor: 7n, source: 'other', acceptedAt: at(1) });

    expect(afterTick(makeAsset({ outOfBand: true }), tick)).toStrictEqual({
      ...makeAsset(),
      priceMinor: 7n,
      priceAsOf: asOf,
      priceSource: 'other',
      executablePriceMinor: 7n,
      executableAsOf: asOf,
      executableSource: 'other',
      updatedAt: at(1),
    });
  });

  it('makes any tick the price of a valid asset, and no other the reference price', () => {
    fc.assert(
      fc.property(assets, ticks, (asset, tick) => {
        const priced = afterTick(asset, tick);

        expect(assetSchema.parse(priced)).toStrictEqual(priced);
        expect(priced).toMatchObject({ priceMinor: tick.priceMinor, priceAsOf: tick.asOf });
        expect(priced.executablePriceMinor).toBe(tick.executable ? tick.priceMinor : asset.executablePriceMinor);
        expect(priced.outOfBand).toBe(tick.outOfBand);
      }),
    );
  });
});
