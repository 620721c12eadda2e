import fc from 'fast-check';
import type { TrailEntry } from '@cnop/dao-order';
import { dueTick, pruneLadder, type TriggerTerms, type WatermarkKind } from '@cnop/entities-order';
import { createTrailMirror } from '@cnop/flow-order/engine';
import { createBruteTrails, msOf, timeOf } from './random-ticks.ts';

const trail = (orderId: string, overrides: Partial<TrailEntry> = {}): TrailEntry => ({
  orderId,
  activeAsOfMs: msOf(0),
  offset: 5n,
  unit: 'AMOUNT',
  ...overrides,
});
/** A mirror after these prices, one a second. */
const mirrorAfter = (kind: WatermarkKind, prices: readonly bigint[]) => {
  const mirror = createTrailMirror({ kind });
  prices.forEach((price, index) => mirror.tick(timeOf(index), price));
  return mirror;
};

describe(createTrailMirror, () => {
  it('reaches a sell at its amount or its part below the highest price since it began', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    mirror.add(trail('amount'));
    mirror.add(trail('percent', { unit: 'BPS', offset: 600n }));

    expect(mirror.tick(timeOf(1), 96n)).toEqual([]);
    expect(mirror.tick(timeOf(2), 95n)).toEqual(['amount']);
    expect(mirror.tick(timeOf(3), 94n).toSorted()).toEqual(['amount', 'percent']);
    expect([mirror.size, mirror.watermarkAt(msOf(0)), mirror.newestAsOf]).toEqual([2, 100n, timeOf(3)]);
  });

  it('reaches a buy as far above the lowest price', () => {
    const mirror = mirrorAfter('LOW', [100n]);
    mirror.add(trail('amount'));
    mirror.add(trail('percent', { unit: 'BPS', offset: 600n }));

    expect(mirror.tick(timeOf(1), 50n)).toEqual([]);
    expect(mirror.tick(timeOf(2), 52n)).toEqual([]);
    expect(mirror.tick(timeOf(3), 53n)).toEqual(['percent']);
    expect(mirror.tick(timeOf(4), 55n).toSorted()).toEqual(['amount', 'percent']);
  });

  it('compares percentages exactly, where a division would round', () => {
    const price = 10n ** 24n;
    const mirror = mirrorAfter('HIGH', [price]);
    mirror.add(trail('percent', { unit: 'BPS', offset: 1n }));

    expect(mirror.tick(timeOf(1), price - price / 10_000n + 1n)).toEqual([]);
    expect(mirror.tick(timeOf(2), price - price / 10_000n)).toEqual(['percent']);
  });

  it('tells what it reached again until that is removed', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    mirror.add(trail('one'));

    expect(mirror.tick(timeOf(1), 90n)).toEqual(['one']);
    expect(mirror.tick(timeOf(2), 91n)).toEqual(['one']);
    mirror.remove('one');
    mirror.remove('one');

    expect(mirror.tick(timeOf(3), 1n)).toEqual([]);
    expect([mirror.size, mirror.has('one')]).toEqual([0, false]);
  });

  it('reaches nothing at a tick that it has seen', () => {
    const mirror = mirrorAfter('HIGH', [100n, 99n]);
    mirror.add(trail('one'));

    expect(mirror.tick(timeOf(1), 1n)).toEqual([]);
    expect(mirror.tick(timeOf(0), 1n)).toEqual([]);
    expect(mirror.tick(timeOf(2), 95n)).toEqual(['one']);
  });

  it('takes an amended trail for the former, and ignores one that a late index still shows', () => {
    const mirror = mirrorAfter('HIGH', [100n, 90n]);
    const before = trail('one', { offset: 10n });
    mirror.add(before);
    mirror.add(trail('one', { activeAsOfMs: msOf(1), offset: 20n }));
    mirror.add(before);

    expect(mirror.size).toBe(1);
    expect(mirror.tick(timeOf(2), 71n)).toEqual([]);
    expect(mirror.tick(timeOf(3), 70n)).toEqual(['one']);
    mirror.add(trail('one', { activeAsOfMs: msOf(1), offset: 21n }));
    expect(mirror.tick(timeOf(4), 70n)).toEqual([]);
    expect(mirror.tick(timeOf(5), 69n)).toEqual(['one']);
  });

  it('takes a trail of another unit for the former, at the same time and with the same number', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    mirror.add(trail('one', { offset: 20n }));
    mirror.add(trail('one', { offset: 20n, unit: 'BPS' }));

    expect([mirror.size, mirror.tick(timeOf(1), 99n)]).toEqual([1, ['one']]);
  });

  it('goes on from a checkpoint: a trail that began with its tick follows that, and a later one waits', () => {
    const rungs = [{ anchor: timeOf(0), markMinor: 100n }];
    const mirror = createTrailMirror({ kind: 'HIGH', rungs, newestAsOf: timeOf(3) });
    mirror.add(trail('with', { activeAsOfMs: msOf(3) }));
    mirror.add(trail('after', { activeAsOfMs: msOf(4) }));

    expect(mirror.newestAsOf).toBe(timeOf(3));
    expect(mirror.births()).toEqual([timeOf(0), timeOf(4)]);
    expect(mirror.tick(timeOf(3), 1n)).toEqual([]);
    expect(mirror.tick(timeOf(4), 95n)).toEqual(['with']);
  });

  it('lets a trail wait that became known before the first tick', () => {
    const mirror = createTrailMirror({ kind: 'HIGH' });
    mirror.add(trail('one'));

    expect([mirror.births(), mirror.newestAsOf, mirror.watermarkAt(msOf(0))]).toEqual([
      [timeOf(0)],
      undefined,
      undefined,
    ]);
    expect(mirror.tick(timeOf(0), 100n)).toEqual([]);
    expect(mirror.tick(timeOf(1), 96n)).toEqual([]);
    expect(mirror.tick(timeOf(2), 95n)).toEqual(['one']);
  });

  it('lets a trail wait that began after the newest tick, whose price is not its own', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    mirror.add(trail('later', { activeAsOfMs: msOf(2) }));

    expect(mirror.births()).toEqual([timeOf(2)]);
    expect(mirror.tick(timeOf(1), 80n)).toEqual([]);
    expect(mirror.tick(timeOf(2), 70n)).toEqual([]);
    expect(mirror.tick(timeOf(3), 66n)).toEqual([]);
    expect(mirror.tick(timeOf(4), 65n)).toEqual(['later']);
    expect(mirror.births()).toEqual([timeOf(2)]);
  });

  it('reaches at every tick a trail that began before the ladder does', () => {
    const mirror = createTrailMirror({ kind: 'HIGH' });
    mirror.add(trail('early', { activeAsOfMs: msOf(-1) }));

    expect(mirror.tick(timeOf(0), 100n)).toEqual(['early']);
    expect(mirror.tick(timeOf(1), 200n)).toEqual(['early']);
    mirror.remove('early');
    expect(mirror.tick(timeOf(2), 1n)).toEqual([]);
  });

  it('reaches nothing that was removed while it waited', () => {
    const mirror = createTrailMirror({ kind: 'HIGH' });
    mirror.add(trail('early', { activeAsOfMs: msOf(-1) }));
    mirror.add(trail('late', { activeAsOfMs: msOf(3) }));
    mirror.remove('early');
    mirror.remove('late');

    expect(mirror.births()).toEqual([]);
    expect([0, 1, 4, 5].map((index) => mirror.tick(timeOf(index), 100n - BigInt(index) * 10n))).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(mirror.cohorts).toBe(0);
  });

  it('gives up the memory of what was removed once that is more than what is open', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    for (let index = 0; index < 1_024; index += 1) mirror.add(trail(`o-${index}`));
    for (let index = 0; index < 1_023; index += 1) mirror.remove(`o-${index}`);
    expect(mirror.cohorts).toBe(1);

    mirror.remove('o-1023');

    expect(mirror.cohorts).toBe(0);
  });

  it('gives it up again only once as much has been removed anew', () => {
    const mirror = mirrorAfter('HIGH', [100n, 90n]);
    for (let index = 0; index < 1_024; index += 1) {
      mirror.add(trail(`gone-${index}`));
      mirror.add(trail(`open-${index}`, { activeAsOfMs: msOf(1) }));
    }
    for (let index = 0; index < 1_024; index += 1) mirror.remove(`gone-${index}`);
    expect(mirror.cohorts).toBe(2);

    mirror.remove('open-0');
    expect(mirror.cohorts).toBe(1);

    mirror.add(trail('again'));
    mirror.remove('again');
    expect(mirror.cohorts).toBe(2);
  });

  it('counts rungs, and those that cover a trail', () => {
    const mirror = mirrorAfter('HIGH', [9n, 7n, 5n]);
    mirror.add(trail('one', { activeAsOfMs: msOf(1) }));
    mirror.add(trail('two', { activeAsOfMs: msOf(1) }));

    expect([mirror.size, mirror.depth, mirror.cohorts]).toEqual([2, 3, 1]);
    expect(mirror.births()).toEqual([timeOf(1)]);
  });

  it('forgets what was removed', () => {
    const mirror = mirrorAfter('HIGH', [100n]);
    for (let index = 0; index < 3_000; index += 1) mirror.add(trail(`o-${index}`, { offset: BigInt(index % 90) + 1n }));

    for (let index = 0; index < 3_000; index += 1) mirror.remove(`o-${index}`);

    expect(mirror.tick(timeOf(1), 1n)).toEqual([]);
    expect([mirror.size, mirror.cohorts, mirror.births()]).toEqual([0, 0, []]);
  });
});

/** What happens between two ticks. */
type Event =
  | {
      readonly type: 'add';
      readonly id: number;
      readonly age: number;
      readonly offset: bigint;
      readonly isAmount: boolean;
    }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'restart'; readonly recent: number };

const arbitraryEvent = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('add' as const),
      id: fc.nat(20),
      // In half seconds before the newest tick; below 0 it is of a tick that this worker has not come to.
      age: fc.integer({ min: -4, max: 12 }),
      offset: fc.bigInt(1n, 60n),
      isAmount: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), id: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const), recent: fc.nat(6) }) },
);
const arbitraryPrices = {
  walk: fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 60 }),
  rising: fc.array(fc.integer({ min: -4, max: 8 }), { minLength: 1, maxLength: 60 }),
  jumps: fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -60, max: 60 })), {
    minLength: 1,
    maxLength: 60,
  }),
};

describe('the mirror against a watermark for each trail', () => {
  it.each(Object.entries(arbitraryPrices))('reaches the same at the same ticks: %s', (_name, arbitrarySteps) => {
    const arbitraryRun = fc.record({
      kind: fc.constantFrom<WatermarkKind[]>('HIGH', 'LOW'),
      steps: arbitrarySteps,
      events: fc.array(fc.array(arbitraryEvent, { maxLength: 4 }), { maxLength: 60 }),
    });

    fc.assert(
      fc.property(arbitraryRun, ({ kind, steps, events }) => {
        const prices: bigint[] = [];
        const brute = createBruteTrails(kind);
        let mirror = createTrailMirror({ kind });
        let price = 200n;

        const happen = (event: Event) => {
          if (event.type === 'remove') {
            brute.remove(`o-${event.id}`);
            mirror.remove(`o-${event.id}`);
          } else if (event.type === 'restart') {
            // Six seconds: no birth comes to light later than that.
            const since = timeOf(prices.length - 7 - event.recent);
            const rungs = pruneLadder(mirror.rungs(), { births: mirror.births(), since });
            mirror = createTrailMirror({ kind, rungs, newestAsOf: mirror.newestAsOf });
            for (const known of brute.known.values()) mirror.add(known.trail);
          } else {
            const orderId = `o-${event.id}`;
            const activeAsOfMs = Math.max(msOf(0), msOf(prices.length - 1) - event.age * 500);
            const known = brute.known.get(orderId)?.trail;
            if (known && activeAsOfMs < known.activeAsOfMs) return;
            const unit = event.isAmount ? 'AMOUNT' : 'BPS';
            const offset = event.isAmount ? event.offset : event.offset * 50n;
            mirror.add({ orderId, activeAsOfMs, unit, offset });
            mirror.add({ orderId, activeAsOfMs, unit, offset });
            brute.add({ orderId, activeAsOfMs, unit, offset }, prices);
          }
        };

        steps.forEach((step, index) => {
          price = price + BigInt(step) < 1n ? 1n : price + BigInt(step);
          const reached = mirror.tick(timeOf(index), price);
          const expected = brute.tick(index, price);
          prices.push(price);

          expect(reached.toSorted()).toEqual(expected.toSorted());
          // Half of what is due is filled; the rest stays, as what a tick reaches too early does.
          for (const orderId of expected.filter((id) => Number(id.slice(2)) % 2 === 0)) {
            mirror.remove(orderId);
            brute.remove(orderId);
          }
          for (const event of events[index] ?? []) happen(event);
          expect(mirror.size).toBe(brute.known.size);
        });
      }),
    );
  });

  it('reaches an order first when dueTick says that it is due, if no tick comes too early for it', () => {
    const arbitraryRun = fc.record({
      kind: fc.constantFrom<WatermarkKind[]>('HIGH', 'LOW'),
      prices: fc.array(fc.bigInt(80n, 120n), { minLength: 2, maxLength: 40 }),
      birth: fc.nat(20),
      offset: fc.integer({ min: 1, max: 30 }),
      isAmount: fc.boolean(),
    });

    fc.assert(
      fc.property(arbitraryRun, ({ kind, prices, birth, offset, isAmount }) => {
        const born = Math.min(birth, prices.length - 1);
        const terms: TriggerTerms = {
          orderType: kind === 'HIGH' ? 'TRAILING_STOP_SELL' : 'TRAILING_STOP_BUY',
          createdAt: timeOf(born),
          activeAsOf: timeOf(born),
          expiresAt: timeOf(999),
          watermarkMinor: prices[born],
          ...(isAmount ? { trailAmountMinor: BigInt(offset) } : { trailBps: offset * 100 }),
        };
        const ticks = prices.map((priceMinor, index) => ({ asOf: timeOf(index), priceMinor, executable: true }));
        const mirror = mirrorAfter(kind, prices.slice(0, born + 1));
        mirror.add(
          trail('one', {
            activeAsOfMs: msOf(born),
            ...(isAmount ? { offset: BigInt(offset) } : { unit: 'BPS', offset: BigInt(offset * 100) }),
          }),
        );

        const first = ticks.slice(born + 1).find(({ asOf, priceMinor }) => mirror.tick(asOf, priceMinor).length > 0);

        expect(first).toEqual(dueTick(terms, ticks)?.tick);
      }),
    );
  });
});
