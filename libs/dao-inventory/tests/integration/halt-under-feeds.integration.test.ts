import type { AssetDao } from '@cnop/dao-inventory';
import type { DatabaseOptions } from '@cnop/database-core';
import { createFaultInjector, delayRequest, everyCall, refuseOverlaps, seededRandom } from '@cnop/testing';
import { createVirtualTime } from '../support/virtual-time.ts';
import { useTestStore } from '../support/test-store.ts';

const FEEDS = 16;
/** How long a request is on its way, and how long a feed waits between two prices at most. */
const LATENCY_MS = 10;
const PAUSE_MS = 2;

const store = useTestStore();

describe('a change of terms while 16 feeds write prices as fast as they can', () => {
  it.each([
    ['a halt', 1, (assets: AssetDao, assetId: string) => assets.deactivateAsset(assetId)],
    [
      'an edit',
      2,
      (assets: AssetDao, assetId: string) =>
        assets.updateAsset({ assetId, expectedVersion: 1, changes: { name: 'Silver' } }),
    ],
  ])('%s stands within 10 s (seed %i)', async (_, seed, change) => {
    const { assetId } = await store.create();
    const { time, open } = slowNetwork(seed);
    const feeds = Array.from({ length: FEEDS }, () => open({ retry: { maxAttempts: 1 } }));
    const desk = open();
    const deadline = store.clock.now().getTime() + 500 + 10_000;
    let isOver = false;

    const feed = async ({ assets, random }: Actor, number: number) => {
      for (let price = 1; !isOver; price += 1) {
        const asOf = store.clock.now().toISOString();
        // Another feed was quicker, or kept it out: the next price is on its way anyhow.
        await assets
          .setPrice({ assetId, price: `${number}.${price % 100}`, asOf, source: 'feed' })
          .catch(() => undefined);
        await time.sleep(random() * PAUSE_MS);
      }
    };
    await time.run([
      ...feeds.map((actor, index) => () => feed(actor, index + 1)),
      async () => {
        await time.sleep(500);
        await change(desk.assets, assetId).finally(() => (isOver = true));
      },
    ]);

    expect(store.clock.now().getTime()).toBeLessThan(deadline);
    expect(await store.assets.getAsset(assetId)).toMatchObject({
      termsVersion: 2,
      priceSource: 'feed',
    });
  });
});

interface Actor {
  readonly assets: AssetDao;
  readonly random: () => number;
}

/** Processes on one table whose overlapping writes are refused as DynamoDB does, in time that passes only while all wait. */
function slowNetwork(seed: number) {
  const time = createVirtualTime(store.clock);
  const overlaps = refuseOverlaps();
  let actors = 0;

  const open = (options: Partial<DatabaseOptions> = {}): Actor => {
    actors += 1;
    const random = seededRandom(`${seed}/${actors}`);
    const wire = createFaultInjector({ plan: everyCall(delayRequest(LATENCY_MS)), sleep: time.sleep });
    const http = createFaultInjector({ inner: wire, plan: everyCall(overlaps) });

    return { assets: store.connect({ requestHandler: http, sleep: time.sleep, random, ...options }), random };
  };

  return { time, open };
}
