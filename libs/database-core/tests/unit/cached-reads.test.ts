import { cachedReads } from '@cnop/database-core';
import { createManualClock } from '@cnop/utils';

function setup(options: { readonly ttlMs?: number; readonly maxKeys?: number } = {}) {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const read = jest.fn(async (key: string) => {
    await new Promise(setImmediate);
    return { key };
  });

  return { clock, read, find: cachedReads({ read, clock, ttlMs: 500, maxKeys: 2, ...options }) };
}

describe(cachedReads, () => {
  it('reads once for all callers at once, and again when its time is over', async () => {
    const { clock, read, find } = setup();

    const found = await Promise.all([find('a'), find('a'), find('b')]);
    clock.advance(500);
    await find('a');
    clock.advance(1);
    await find('a');

    expect(found[0]).toBe(found[1]);
    expect(read.mock.calls).toEqual([['a'], ['b'], ['a']]);
  });

  it('counts the time from the beginning of a slow read', async () => {
    const { clock, read, find } = setup();
    read.mockImplementationOnce((key) => {
      clock.advance(400);
      return Promise.resolve({ key });
    });

    await find('a');
    clock.advance(101);
    await find('a');

    expect(read).toHaveBeenCalledTimes(2);
  });

  it('keeps nothing from before the clock was set back, no failed read, and no more keys than it may', async () => {
    const { clock, read, find } = setup();
    read.mockRejectedValueOnce(new Error('no'));

    await expect(find('a')).rejects.toThrow('no');
    for (const key of ['a', 'b', 'c', 'a']) await find(key);
    clock.advance(-1);
    await find('a');

    expect(read.mock.calls.map(([key]) => key).join('')).toBe('aabcaa');
  });

  it('reads each time when it may keep nothing', async () => {
    const { read, find } = setup({ ttlMs: 0 });

    await find('a');
    await find('a');

    expect(read).toHaveBeenCalledTimes(2);
  });
});
