import { setTimeout } from 'node:timers/promises';
import { startProcess } from '../../src/network/client-process.ts';
import { createVirtualTime } from '../../src/network/virtual-time.ts';

describe(createVirtualTime, () => {
  it('lets events happen in the order of their times, and of one time in the order they were asked for', async () => {
    const time = createVirtualTime(1_000);
    const happened: string[] = [];
    const note = (name: string) => () => void happened.push(`${name} at ${time.now()}`);
    time.after(20, note('late'));
    time.after(10, note('first'));
    time.after(10, () => {
      note('second')();
      time.after(0, note('third'));
    });

    await time.run();

    expect(happened).toEqual(['first at 1010', 'second at 1010', 'third at 1010', 'late at 1020']);
  });

  it('stands still while somebody still has something to do, even outside of it', async () => {
    const time = createVirtualTime(0);
    const process = startProcess(time);
    const seen: number[] = [];
    time.after(5, () => undefined);
    const work = async () => {
      await setTimeout(40);
      seen.push(time.now());
      await process.sleep(10);
      seen.push(time.now());
      process.close();
    };

    await Promise.all([work(), time.run()]);

    expect(seen).toEqual([0, 10]);
  });

  it('gives up on somebody who waits for nothing that will come', async () => {
    const time = createVirtualTime(0, { mostTurns: 30 });
    startProcess(time);

    await expect(time.run()).rejects.toThrow('Somebody waits');
  });
});

describe(startProcess, () => {
  it('sleeps in virtual time', async () => {
    const time = createVirtualTime(0);
    const process = startProcess(time);
    const nap = process.sleep(3_600_000).then(() => {
      process.close();
      return time.now();
    });

    await time.run();

    expect(await nap).toBe(3_600_000);
  });

  it('gets nothing any more once it has crashed, and holds nobody up', async () => {
    const time = createVirtualTime(0);
    const process = startProcess(time);
    const ends: string[] = [];
    void process.sleep(10).then(() => ends.push('slept'));
    void process
      .wait((_, reject) => {
        time.after(10, () => reject(new Error('failed')));
      })
      .catch(() => ends.push('failed'));
    time.after(5, process.crash);

    await time.run();

    expect(await process.crashed).toBe('crashed');
    expect(ends).toEqual([]);
    expect(time.now()).toBe(10);
  });

  it('can fail to get what it waits for', async () => {
    const time = createVirtualTime(0);
    const process = startProcess(time);
    const failing = process
      .wait((_, reject) => {
        time.after(1, () => reject(new Error('failed')));
      })
      .catch((error: unknown) => {
        process.close();
        return (error as Error).message;
      });

    await time.run();

    expect(await failing).toBe('failed');
  });
});
