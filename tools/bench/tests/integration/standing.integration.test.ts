import { measureBurst } from '../../src/standing/burst.ts';
import { measureFills } from '../../src/standing/fills.ts';
import { tickOf, trailsOf } from '../../src/standing/ticks.ts';
import { writeRows } from '../../src/standing/write-rows.ts';
import { measureWriteRows } from '../../src/standing/writes.ts';

describe('what standing orders cost', () => {
  it('is one write of as many items and units as is said, for every kind of it', async () => {
    const measured = await measureWriteRows();

    expect(
      measured.map(({ row: { name }, consumed: { writes, items, writeUnits, indexUnits } }) => ({
        name,
        writes,
        items,
        writeUnits,
        indexUnits,
      })),
    ).toEqual(writeRows.map(({ name, stated, larger = stated }) => ({ name, writes: 1, ...larger })));
  });

  it('is at a tick one Query of each index, which reads what is due and nothing else, however many orders are open', async () => {
    const few = await tickOf({ open: 100, due: 7 });
    const many = await tickOf({ open: 400, due: 7 });

    expect(few).toMatchObject({ writes: 7, indexQueries: 4, scannedCount: 7 });
    expect(many).toEqual(few);
  });

  it('is no write at a tick that many trailing stops follow', async () => {
    await expect(trailsOf({ open: 200, ticks: 3 })).resolves.toMatchObject({ writes: 0, scannedCount: 10 });
  });

  it('grows with the fills of a venue, by a unit for every four or five', async () => {
    const fills = await measureFills();

    expect(fills.map(({ values }) => values['orderUnits'])).toEqual([1, 2, 6]);
  });
});

describe('many orders due at one tick', () => {
  it('are all filled at its price, in as many seconds as their index takes, and sooner in several parts', async () => {
    const burst = { orders: 120, owners: 40, unitsPerSecond: 20 };
    const inOne = await measureBurst({ ...burst, triggerShards: 1 });
    const inEight = await measureBurst({ ...burst, triggerShards: 8 });

    expect([inOne.filledAtTick, inEight.filledAtTick]).toEqual([120, 120]);
    expect(inOne.throttled).toBeGreaterThan(0);
    expect(inOne.seconds).toBeGreaterThanOrEqual(5);
    expect(inOne.seconds).toBeLessThan(12);
    expect(inEight.seconds).toBeLessThan(inOne.seconds / 2);
  });
});
