import type { OrderDao, TrailEntry } from '@cnop/dao-order';
import { makeTick } from '@cnop/entities-inventory/testing';
import type { TriggerCheckpoint, WatermarkKind } from '@cnop/entities-order';
import { createTrails } from '../../../src/engine/trails.ts';
import { msOf, timeOf } from './random-ticks.ts';

type TrailQuery = Parameters<OrderDao['trailEntries']>[0];

interface IndexedTrail extends TrailEntry {
  readonly kind: WatermarkKind;
  readonly shard: number;
}

const trail = (orderId: string, overrides: Partial<IndexedTrail> = {}): IndexedTrail => ({
  orderId,
  activeAsOfMs: msOf(0),
  offset: 5n,
  unit: 'AMOUNT',
  kind: 'HIGH',
  shard: 0,
  ...overrides,
});

/** The index of an asset, whose entries may be changed, and what is asked of it. */
const createIndex = (...entries: IndexedTrail[]) => {
  const queries: TrailQuery[] = [];
  const trailEntries: OrderDao['trailEntries'] = async function* trailEntries(query) {
    queries.push(query);
    const { kind, shard, fromMs = 0 } = query;
    for (const entry of entries)
      if (entry.kind === kind && entry.shard === shard && entry.activeAsOfMs >= fromMs)
        yield await Promise.resolve(entry);
  };

  return { entries, queries, orders: { trailEntries } };
};
const trailsOf = ({ orders }: ReturnType<typeof createIndex>, checkpoint?: TriggerCheckpoint) =>
  createTrails(orders, { assetId: 'BTC' }, checkpoint);

/** A tick of a second, the one before a second earlier. */
const tick = (second: number, priceMinor: bigint, overrides = {}) =>
  makeTick({ asOf: timeOf(second), previousAsOf: timeOf(second - 1), priceMinor, ...overrides });

const lateSeconds = 300;

describe(createTrails, () => {
  it('reads all trails of both sides from every part of the index, and tells of each once', async () => {
    const index = createIndex(
      trail('sell'),
      trail('sell in part 1', { shard: 1 }),
      trail('buy', { kind: 'LOW' }),
      trail('elsewhere', { shard: 2 }),
    );
    const trails = trailsOf(index);

    expect(await trails.load(2)).toEqual(['sell', 'sell in part 1', 'buy']);
    expect(await trails.load(2)).toEqual([]);
    expect(trails.size).toBe(3);
    expect(index.queries.slice(0, 4)).toEqual([
      { assetId: 'BTC', kind: 'HIGH', shard: 0, fromMs: 0 },
      { assetId: 'BTC', kind: 'HIGH', shard: 1, fromMs: 0 },
      { assetId: 'BTC', kind: 'LOW', shard: 0, fromMs: 0 },
      { assetId: 'BTC', kind: 'LOW', shard: 1, fromMs: 0 },
    ]);
  });

  it('tells of an amended trail again, which begins anew, and not of what a late index still shows', async () => {
    const index = createIndex(trail('one', { activeAsOfMs: msOf(5) }));
    const trails = trailsOf(index);
    await trails.load(1);

    index.entries[0] = trail('one', { activeAsOfMs: msOf(4) });
    expect(await trails.load(1)).toEqual([]);
    index.entries[0] = trail('one', { activeAsOfMs: msOf(6) });
    expect(await trails.load(1)).toEqual(['one']);
    expect(trails.size).toBe(1);
  });

  it('tells of a trail that began at the very first moment', async () => {
    expect(await trailsOf(createIndex(trail('one', { activeAsOfMs: 0 }))).load(1)).toEqual(['one']);
  });

  it('drops what the index no longer lists, unless it began so late that the index may not show it yet', async () => {
    const index = createIndex(
      trail('old'),
      trail('at the bound', { activeAsOfMs: msOf(1) }),
      trail('old and listed', { activeAsOfMs: msOf(0) }),
    );
    const trails = trailsOf(index);
    await trails.load(1);
    trails.climb([tick(lateSeconds + 2, 100n)]);

    index.entries.splice(0, 2);
    expect(await trails.load(1)).toEqual([]);

    expect(trails.begunSince(0)).toEqual(['at the bound', 'old and listed']);
    expect(trails.size).toBe(2);
    index.entries.push(trail('old'));
    expect(await trails.load(1)).toEqual(['old']);
  });

  it('keeps all that is known until there is a tick before the newest', async () => {
    const index = createIndex(trail('one'));
    const trails = trailsOf(index);
    await trails.load(1);
    trails.climb([tick(9_999, 100n), tick(10_000, 100n, { previousAsOf: undefined })]);

    index.entries.pop();
    await trails.load(1);

    expect(trails.size).toBe(1);
  });

  it('reads new ones from five minutes before the newest that it has seen', async () => {
    const index = createIndex(trail('one', { activeAsOfMs: msOf(50) }), trail('two', { activeAsOfMs: msOf(40) }));
    const trails = trailsOf(index);
    await trails.load(1);
    trails.climb([tick(1_000, 100n)]);
    index.entries.push(
      trail('three', { activeAsOfMs: msOf(50 - lateSeconds) }),
      trail('too late', { activeAsOfMs: msOf(50 - lateSeconds) - 1 }),
    );

    expect(await trails.loadNew(1)).toEqual(['three']);
    expect(index.queries.at(-1)).toMatchObject({ fromMs: msOf(50 - lateSeconds) });
  });

  it('reads new ones from five minutes before the tick before the newest, where that is earlier', async () => {
    const index = createIndex(trail('one', { activeAsOfMs: msOf(50) }));
    const trails = trailsOf(index);
    await trails.load(1);
    trails.climb([tick(20, 100n), tick(31, 100n)]);

    await trails.loadNew(1);

    expect(index.queries.at(-1)).toMatchObject({ fromMs: msOf(30 - lateSeconds) });
  });

  it('reads new ones from the beginning where nothing was seen before', async () => {
    const index = createIndex();
    const trails = trailsOf(index);

    expect(await trails.loadNew(1)).toEqual([]);
    expect(index.queries.map(({ fromMs }) => fromMs)).toEqual([0, 0]);
  });

  it('reads new ones from the beginning after the first tick of an asset', async () => {
    const index = createIndex(trail('one'));
    const trails = trailsOf(index);
    await trails.load(1);
    trails.climb([tick(0, 100n, { previousAsOf: undefined })]);

    await trails.loadNew(1);

    expect(index.queries.at(-1)).toMatchObject({ fromMs: 0 });
  });

  it('names those that began at a moment or later', async () => {
    const trails = trailsOf(createIndex(trail('one'), trail('two', { activeAsOfMs: msOf(1) })));
    await trails.load(1);

    expect(trails.begunSince(msOf(1))).toEqual(['two']);
    expect(trails.begunSince(msOf(0))).toEqual(['one', 'two']);
    expect(trails.begunSince(msOf(2))).toEqual([]);
  });

  it('names each order once that a tick reaches, of sells and of buys', async () => {
    const trails = trailsOf(createIndex(trail('sell'), trail('buy', { kind: 'LOW' })));
    trails.climb([tick(0, 100n)]);
    await trails.load(1);

    expect(trails.climb([tick(1, 96n), tick(2, 104n)])).toEqual(['buy']);
    expect(trails.climb([tick(3, 99n), tick(4, 98n)])).toEqual(['sell']);
  });

  it('passes over a tick that is not executable', async () => {
    const trails = trailsOf(createIndex(trail('sell')));
    trails.climb([tick(0, 100n)]);
    await trails.load(1);

    expect(trails.climb([tick(1, 200n, { executable: false }), tick(2, 1n, { executable: false })])).toEqual([]);
    expect(trails.climb([tick(3, 96n)])).toEqual([]);
    expect(trails.ladders().HIGH.map(({ markMinor }) => markMinor)).toEqual([100n, 96n]);
  });

  it('lets the watermarks follow a tick that is paused, which reaches nothing', async () => {
    const trails = trailsOf(createIndex(trail('sell')));
    trails.climb([tick(0, 100n)]);
    await trails.load(1);

    expect(trails.climb([tick(1, 200n, { paused: true }), tick(2, 1n, { paused: true })])).toEqual([]);
    expect(trails.climb([tick(3, 195n)])).toEqual(['sell']);
  });

  it('forgets what was removed, and tells of it again where the index still lists it', async () => {
    const trails = trailsOf(createIndex(trail('sell'), trail('buy', { kind: 'LOW' })));
    trails.climb([tick(0, 100n)]);
    await trails.load(1);

    trails.remove('sell');
    trails.remove('buy');

    expect([trails.size, trails.begunSince(0), trails.climb([tick(1, 1n), tick(2, 200n)])]).toEqual([0, [], []]);
    expect(await trails.load(1)).toEqual(['sell', 'buy']);
  });

  it('goes on from the ladders of a checkpoint, past the ticks that it knows', () => {
    const checkpoint = {
      asOf: timeOf(5),
      high: [{ anchor: timeOf(1), markMinor: 90n }],
      low: [{ anchor: timeOf(2), markMinor: 80n }],
    };
    const trails = trailsOf(createIndex(), checkpoint);
    trails.climb([tick(5, 1_000n), tick(6, 85n)]);

    expect(trails.ladders()).toEqual({
      HIGH: [...checkpoint.high, { anchor: timeOf(6), markMinor: 85n }],
      LOW: [...checkpoint.low, { anchor: timeOf(6), markMinor: 85n }],
    });
    expect(trails.depth).toBe(4);
  });

  it('counts the rungs of both ladders', () => {
    const trails = trailsOf(createIndex());
    trails.climb([tick(0, 100n), tick(1, 99n), tick(2, 98n)]);

    expect(trails.depth).toBe(4);
  });

  it('prunes the ladders to the rungs that cover an open trail, and those of the last ten minutes', async () => {
    const fall = [100n, 99n, 98n, 97n].map((priceMinor, index) => tick(index, priceMinor));
    const trails = trailsOf(createIndex(trail('sell', { activeAsOfMs: msOf(1), offset: 50n })));
    trails.climb(fall);
    await trails.load(1);
    const marksAt = (second: number) => trails.pruned(timeOf(second)).high.map(({ markMinor }) => markMinor);

    expect(marksAt(600)).toEqual([100n, 99n, 98n, 97n]);
    expect(marksAt(602)).toEqual([99n, 98n, 97n]);
    expect(marksAt(603)).toEqual([99n, 97n]);
    expect(trails.pruned(timeOf(603)).low).toEqual([{ anchor: timeOf(0), markMinor: 97n }]);
  });

  it('prunes the ladder of the buys by the trails of buys', async () => {
    const rise = [100n, 101n, 102n].map((priceMinor, index) => tick(index, priceMinor));
    const trails = trailsOf(createIndex(trail('buy', { kind: 'LOW', activeAsOfMs: msOf(0), offset: 50n })));
    trails.climb(rise);
    await trails.load(1);

    expect(trails.pruned(timeOf(602)).low.map(({ markMinor }) => markMinor)).toEqual([100n, 102n]);
  });
});
