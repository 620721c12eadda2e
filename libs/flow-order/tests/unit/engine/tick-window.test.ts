import type { AssetDao } from '@cnop/dao-inventory';
import { makeTick } from '@cnop/entities-inventory/testing';
import { createTickWindow } from '../../../src/engine/tick-window.ts';
import { timeOf } from './random-ticks.ts';

/** The ticks from one second to another, each naming the one before. */
const ticksOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    makeTick({ asOf: timeOf(from + index), previousAsOf: timeOf(from + index - 1) }),
  );
const asOfs = (ticks: readonly { readonly asOf: string }[]) => ticks.map(({ asOf }) => asOf);

/** A window of 10 seconds, and what it asked the log for. */
const createWindow = () => {
  const ranges: unknown[] = [];
  const readTicks: AssetDao['readTicks'] = async (range) => {
    ranges.push(range);
    return await Promise.resolve(ticksOf(1, 2));
  };

  return { ranges, window: createTickWindow({ readTicks }, 'BTC', 10_000) };
};

describe(createTickWindow, () => {
  it('begins empty, and stays so until a tick is added', async () => {
    const { window, ranges } = createWindow();

    expect(window.ofLast(1_000)).toEqual([]);
    window.add([]);
    expect(window.ofLast(1_000)).toEqual([]);
    expect([await window.after(timeOf(0)), ranges]).toEqual([[], []]);
  });

  it('keeps the ticks of the last seconds, the first of them included', () => {
    const { window } = createWindow();
    window.add(ticksOf(0, 10));
    expect(window.ofLast(60_000)).toEqual(ticksOf(0, 10));

    window.add(ticksOf(11, 12));

    expect(window.ofLast(60_000)).toEqual(ticksOf(2, 12));
  });

  it('gives the ticks of the last milliseconds up to the newest, whatever the clock says', () => {
    const { window } = createWindow();
    window.add(ticksOf(0, 10));

    expect(asOfs(window.ofLast(2_000))).toEqual([8, 9, 10].map(timeOf));
    expect(asOfs(window.ofLast(1_999))).toEqual([9, 10].map(timeOf));
    expect(asOfs(window.ofLast(0))).toEqual([timeOf(10)]);
  });

  it('gives the ticks after one that it keeps, or that is directly before those, from memory', async () => {
    const { window, ranges } = createWindow();
    window.add(ticksOf(0, 20));

    expect(asOfs(await window.after(timeOf(18)))).toEqual([19, 20].map(timeOf));
    expect(await window.after(timeOf(9))).toEqual(ticksOf(10, 20));
    expect(await window.after(timeOf(20))).toEqual([]);
    expect(await window.after(timeOf(21))).toEqual([]);
    expect(ranges).toEqual([]);
  });

  it('asks the log for the ticks after one that it no longer keeps, up to the newest', async () => {
    const { window, ranges } = createWindow();
    window.add(ticksOf(0, 20));

    expect(await window.after(timeOf(8))).toEqual(ticksOf(1, 2));
    expect(ranges).toEqual([{ assetId: 'BTC', after: timeOf(8), upTo: timeOf(20) }]);
  });

  it('is complete from the beginning with the first tick of an asset', async () => {
    const { window, ranges } = createWindow();
    const first = makeTick({ asOf: timeOf(5) });
    window.add([first]);

    expect([await window.after(timeOf(0)), ranges]).toEqual([[first], []]);
  });
});
