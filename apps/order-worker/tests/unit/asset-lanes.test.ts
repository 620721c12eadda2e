import { createAssetLanes } from '../../src/asset-lanes.ts';

/** Lanes whose work ends when the test says so. */
function openLanes(atOnce: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const lanes = createAssetLanes({
    atOnce,
    work: (assetId) => {
      begun.push(assetId);
      return new Promise((resolve) => ends.set(assetId, resolve));
    },
  });
  const end = async (assetId: string) => {
    ends.get(assetId)?.();
    ends.delete(assetId);
    for (let step = 0; step < 5; step += 1) await Promise.resolve();
  };

  return { lanes, begun, end };
}

describe(createAssetLanes, () => {
  it('works several assets at once, and no more than it may', async () => {
    const { lanes, begun, end } = openLanes(2);

    for (const assetId of ['A', 'B', 'C']) lanes.request(assetId);
    expect(begun).toEqual(['A', 'B']);
    await end('B');

    expect(begun).toEqual(['A', 'B', 'C']);
    expect(lanes.inWork).toEqual(['A', 'C']);
  });

  it('lets a slow asset hold up its own work alone, and works it once more for any number of requests', async () => {
    const { lanes, begun, end } = openLanes(2);

    for (const assetId of ['slow', 'slow', 'slow', 'B']) lanes.request(assetId);
    await end('B');
    lanes.request('C');
    await end('C');
    await end('slow');

    expect(begun).toEqual(['slow', 'B', 'C', 'slow']);
    expect(lanes.isBusy('slow')).toBe(true);
    await end('slow');
    expect(lanes.isBusy('slow')).toBe(false);
  });

  it('finishes what is in work when it is closed, and begins nothing that waits', async () => {
    const { lanes, begun, end } = openLanes(1);
    let isClosed = false;
    lanes.request('A');
    lanes.request('B');

    const closed = lanes.close().then(() => {
      isClosed = true;
    });
    lanes.request('C');
    await end('C');
    expect(isClosed).toBe(false);
    await end('A');
    await closed;

    expect(begun).toEqual(['A']);
  });
});
