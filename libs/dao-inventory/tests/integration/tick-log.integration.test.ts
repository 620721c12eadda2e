import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { meterRequests } from '@cnop/database-core';
import { TICK_KEPT_MS, type Tick } from '@cnop/entities-inventory';
import { tickKey, toTickItem } from '@cnop/entities-inventory/table';
import { makeTick } from '@cnop/entities-inventory/testing';
import { after, pass, refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const start = Date.parse('2026-01-05T09:29:00.000Z');
const at = (index: number) => new Date(start + index).toISOString();

/** An asset that was priced at each of those times. */
async function priced(count: number): Promise<{ readonly assetId: string; readonly chain: readonly Tick[] }> {
  const { assetId } = await store.create();
  for (let index = 0; index < count; index += 1) {
    await assets.setPrice({ assetId, price: `${index + 1}`, asOf: at(index), source: 'feed' });
  }
  return { assetId, chain: await assets.readTicks({ assetId, upTo: at(count - 1) }) };
}

const table = () => store.database.tableName('inventory');
const put = async (tick: Tick) => {
  await store.database.writer.send(new PutCommand({ TableName: table(), Item: toTickItem(tick, { writeId: 'w' }) }));
};
const remove = async ({ assetId, asOf }: Tick) => {
  await store.database.writer.send(new DeleteCommand({ TableName: table(), Key: tickKey(assetId, asOf) }));
};
const timesOf = (ticks: readonly Tick[]) => ticks.map(({ asOf }) => asOf);

describe('AssetDao.readTicks', () => {
  it('gives the ticks after one and up to another, in order', async () => {
    const { assetId, chain } = await priced(5);

    expect(timesOf(chain)).toEqual([0, 1, 2, 3, 4].map(at));
    expect(await assets.readTicks({ assetId })).toEqual(chain);
    expect(await assets.readTicks({ assetId, after: at(1) })).toEqual(chain.slice(2));
    expect(await assets.readTicks({ assetId, after: at(1), upTo: at(3) })).toEqual(chain.slice(2, 4));
    expect(await assets.readTicks({ assetId, upTo: at(0) })).toEqual(chain.slice(0, 1));
    expect(await assets.readTicks({ assetId, after: at(4) })).toEqual([]);
  });

  it('asks the store for nothing where there is nothing in between', async () => {
    const { assetId } = await priced(1);
    const meter = meterRequests(store.database);

    const ticks = await assets.readTicks({ assetId, after: at(0), upTo: at(0) });

    meter.stop();
    expect(ticks).toEqual([]);
    expect(meter.requests).toEqual([]);
  });

  it('begins at a moment of no tick too', async () => {
    const { assetId, chain } = await priced(2);

    expect(await assets.readTicks({ assetId, after: new Date(start - 5).toISOString() })).toEqual(chain);
  });

  it('has none of an asset that has no price or does not exist', async () => {
    const { assetId } = await store.create();

    expect(await assets.readTicks({ assetId })).toEqual([]);
    expect(await assets.readTicks({ assetId: 'NOBODY' })).toEqual([]);
  });

  it.each([0, 1, 2])('reads again until tick %i, which a query did not see, is there', async (missing) => {
    const { assetId, chain } = await priced(3);
    const hidden = chain[missing]!;
    const { http, assets: faulty } = store.faulty();
    await remove(hidden);
    http.script(
      'Query',
      pass(),
      after(() => put(hidden)),
    );

    expect(await faulty.readTicks({ assetId, upTo: at(2) })).toEqual(chain);
    expect(http.calls.map(({ target }) => target)).toEqual(['Query', 'Query']);
  });

  it.each([
    [0, undefined],
    [1, at(0)],
    [2, at(1)],
  ])('refuses a log that lacks tick %i', async (missing, lastSeen) => {
    const { assetId, chain } = await priced(3);
    const { http, assets: faulty } = store.faulty();
    await remove(chain[missing]!);

    expect(await refusalOf(faulty.readTicks({ assetId, upTo: at(2) }))).toMatchObject({
      code: 'TICK_LOG_GAP',
      retryable: true,
      details: { assetId, ...(lastSeen !== undefined && { after: lastSeen }) },
    });
    expect(http.calls).toHaveLength(4);
  });

  it('begins at the oldest tick that is kept, where older ones have expired', async () => {
    const { assetId } = await store.create();
    const now = store.clock.now().getTime();
    const expired = new Date(now - TICK_KEPT_MS - 1).toISOString();
    const kept = makeTick({ assetId, asOf: at(0), previousAsOf: expired });
    await put(kept);

    expect(await assets.readTicks({ assetId })).toEqual([kept]);
    expect(await assets.readTicks({ assetId, after: new Date(now - 2 * TICK_KEPT_MS).toISOString() })).toEqual([kept]);
    await put({ ...kept, previousAsOf: new Date(now - TICK_KEPT_MS + 1).toISOString() });
    expect((await refusalOf(store.faulty().assets.readTicks({ assetId }))).code).toBe('TICK_LOG_GAP');
  });

  it.each([
    { assetId: '#' },
    { assetId: 'A', after: 'now' },
    { assetId: 'A', upTo: '2026' },
    { assetId: 'A', limit: 1 },
  ])('refuses %p', async (range) => {
    expect((await refusalOf(assets.readTicks(range))).code).toBe('VALIDATION_FAILED');
  });
});

describe('AssetDao.ticks', () => {
  it('gives out tick after tick, and reads no more than is taken', async () => {
    const { assetId } = await store.create();
    const source = 'long'.repeat(16);
    for (let index = 0; index < 3_000; index += 100) {
      await Promise.all(
        Array.from({ length: 100 }, async (_, offset) => {
          const number = index + offset;
          const previousAsOf = number === 0 ? undefined : at(number - 1);
          await put(makeTick({ assetId, source, asOf: at(number), previousAsOf }));
        }),
      );
    }
    const meter = meterRequests(store.database);
    const seen: string[] = [];

    for await (const { asOf } of assets.ticks({ assetId })) {
      seen.push(asOf);
      if (seen.length === 10) break;
    }
    const requestsOfTen = meter.requests.length;
    let count = 0;
    for await (const { asOf } of assets.ticks({ assetId })) expect(asOf).toBe(at(count++));

    meter.stop();
    expect(seen).toEqual(Array.from({ length: 10 }, (_, index) => at(index)));
    expect(requestsOfTen).toBe(1);
    expect(count).toBe(3_000);
  });
});

describe('AssetDao.getTicks', () => {
  const pagesOf = async (list: Parameters<typeof assets.getTicks>[0]) => {
    const pages: Tick[][] = [];
    let cursor: string | undefined;
    do {
      const page = await assets.getTicks({ ...list, cursor });
      pages.push([...page.items]);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return pages;
  };

  it('pages through the ticks between two moments, both included, the oldest first', async () => {
    const { assetId, chain } = await priced(5);

    expect((await assets.getTicks({ assetId })).items).toEqual(chain);
    expect((await assets.getTicks({ assetId, from: at(1) })).items).toEqual(chain.slice(1));
    expect((await assets.getTicks({ assetId, to: at(3) })).items).toEqual(chain.slice(0, 4));
    expect((await assets.getTicks({ assetId, from: at(2), to: at(2) })).items).toEqual(chain.slice(2, 3));
    for (const limit of [1, 2, 3, 4]) {
      const pages = await pagesOf({ assetId, from: at(1), limit });

      expect(pages.flat()).toEqual(chain.slice(1));
      expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    }
  });

  it('refuses the cursor of another query', async () => {
    const { assetId } = await priced(3);
    const { nextCursor: cursor } = await assets.getTicks({ assetId, limit: 1 });

    expect((await refusalOf(assets.getTicks({ assetId, limit: 1, from: at(0), cursor }))).code).toBe('CURSOR_INVALID');
    expect((await refusalOf(assets.getTicks({ assetId: 'OTHER', limit: 1, cursor }))).code).toBe('CURSOR_INVALID');
  });

  it.each([{ from: at(2), to: at(1) }, { from: 'now' }, { limit: 101 }, { status: 'ACTIVE' }])(
    'refuses %p',
    async (list) => {
      expect((await refusalOf(assets.getTicks({ assetId: 'A', ...list }))).code).toBe('VALIDATION_FAILED');
    },
  );
});
