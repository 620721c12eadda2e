import { allSettled } from '../../src/all-settled.ts';

describe(allSettled, () => {
  it('gives the results in their order', async () => {
    expect(await allSettled([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
  });

  it('fails with the first failure, not before every task has ended', async () => {
    let ended = false;
    const slow = new Promise<void>((resolve) => {
      setImmediate(() => {
        ended = true;
        resolve();
      });
    });

    await expect(allSettled([Promise.reject(new Error('first')), slow])).rejects.toThrow('first');

    expect(ended).toBe(true);
  });
});
