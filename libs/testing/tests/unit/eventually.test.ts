import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from '@cnop/testing';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Gives each result in turn, the last one from then on; throws those that are errors. */
const looking = (...results: unknown[]) =>
  jest.fn(async () => {
    const result = results.length > 1 ? results.shift() : results[0];
    if (result instanceof Error) throw result;
    return result;
  });

async function settle<TValue>(waiting: Promise<TValue>) {
  const settled = waiting.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

  await nextTurn();
  await jest.advanceTimersByTimeAsync(300_000);
  return await settled;
}

describe(eventually, () => {
  it('gives what is there at once, without a wait', async () => {
    const look = looking('here');

    await expect(eventually('it is there', look)).resolves.toBe('here');
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('looks again while nothing is there, or the look fails', async () => {
    const look = looking(undefined, new Error('not yet'), false, 'here');

    await expect(settle(eventually('it is there', look))).resolves.toEqual({ value: 'here' });
    expect(look).toHaveBeenCalledTimes(4);
  });

  it.each([
    ['nothing is there', [undefined], undefined],
    ['the look fails', [new Error('refused')], new Error('refused')],
    ['the last look finds nothing', [new Error('refused'), undefined], undefined],
  ])('names what never comes when %s', async (_title, results, cause) => {
    await expect(settle(eventually('the port is closed', looking(...results)))).resolves.toEqual({
      error: new Error('It never came true that the port is closed.', { cause }),
    });
  });
});
