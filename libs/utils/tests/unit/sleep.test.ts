import { sleep } from '@cnop/utils';

describe(sleep, () => {
  it('waits for the given time', async () => {
    const before = performance.now();

    await sleep(20);

    // Timers may fire up to a millisecond early by this clock.
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });
});
