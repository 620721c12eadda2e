import { repeat } from '../../src/repeat.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const noError = (error: unknown) => {
  throw error;
};

describe(repeat, () => {
  it('carries out the task each time, not at once', async () => {
    const task = jest.fn(async () => undefined);
    const repetition = repeat(task, 10, noError);
    expect(task).not.toHaveBeenCalled();

    await jest.advanceTimersByTimeAsync(35);
    await repetition.stop();

    expect(task).toHaveBeenCalledTimes(3);
  });

  it('never carries it out twice at once, and waits for the one that runs', async () => {
    let finish = () => {};
    const task = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const repetition = repeat(task, 10, noError);
    await jest.advanceTimersByTimeAsync(35);
    let stopped = false;

    const stop = repetition.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(35);

    expect(task).toHaveBeenCalledTimes(1);
    expect(stopped).toBe(false);
    finish();
    await stop;
  });

  it('reports a failure and goes on', async () => {
    const onError = jest.fn();
    const task = jest.fn(async () => {
      throw new Error('down');
    });
    const repetition = repeat(task, 10, onError);

    await jest.advanceTimersByTimeAsync(25);
    await repetition.stop();
    await jest.advanceTimersByTimeAsync(25);

    expect(onError.mock.calls).toEqual([[new Error('down')], [new Error('down')]]);
  });
});
