// eslint-disable-next-line no-restricted-imports -- it is what is tested
import { sleep } from '@cnop/utils';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe(sleep, () => {
  it('waits for the given time', async () => {
    let isAwake = false;
    void sleep(20).then(() => (isAwake = true));

    await jest.advanceTimersByTimeAsync(19);
    const before = isAwake;
    await jest.advanceTimersByTimeAsync(1);

    expect([before, isAwake]).toEqual([false, true]);
  });
});
