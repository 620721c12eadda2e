import { changeAsItStands } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';

const conflict = () => new sharedErrors.VersionConflictError({ resource: 'thing', expectedVersion: 1 });

function setup(maxAttempts = 3) {
  const waitsMs: number[] = [];
  const sleep = async (ms: number) => void waitsMs.push(ms);
  const retry = { maxAttempts, baseDelayMs: 20, maxDelayMs: 30 };

  return { waitsMs, database: { retry, random: () => 0.5, sleep } };
}

describe(changeAsItStands, () => {
  it('calls again after each conflict, with a wait, and says which attempt it is', async () => {
    const { database, waitsMs } = setup();
    const attempts: number[] = [];

    const result = await changeAsItStands(database, async (attempt) => {
      attempts.push(attempt);
      if (attempt < 3) throw conflict();
      return 'changed';
    });

    expect(result).toBe('changed');
    expect(attempts).toEqual([1, 2, 3]);
    expect(waitsMs).toHaveLength(2);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(30);
  });

  it('gives up with CONTENTION, which names the attempts and keeps the last conflict', async () => {
    const { database, waitsMs } = setup(2);
    const last = conflict();

    await expect(changeAsItStands(database, () => Promise.reject(last))).rejects.toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 2 },
      cause: last,
    });
    expect(waitsMs).toHaveLength(1);
  });

  it.each([new TypeError('a fault'), new sharedErrors.OutcomeUnknownError({ operation: 'change' })])(
    'passes on any other error at once: %s',
    async (error) => {
      const { database } = setup();
      const change = jest.fn(() => Promise.reject(error));

      await expect(changeAsItStands(database, change)).rejects.toBe(error);
      expect(change).toHaveBeenCalledTimes(1);
    },
  );
});
