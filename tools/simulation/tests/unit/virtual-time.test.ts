import { setImmediate } from 'node:timers/promises';
import { createVirtualTime } from '../../src/backend/virtual-time.ts';

describe(createVirtualTime, () => {
  it('lets events happen in the order of their times, and of one time in the order in which they were asked for', async () => {
    const time = createVirtualTime(1_000);
    const happened: string[] = [];
    const note = (name: string) => () => void happened.push(`${name} at ${time.now()}`);
    const second = async () => {
      await time.sleep(10).then(note('second'));
      await time.sleep(0).then(note('third'));
    };

    await time.complete(Promise.all([time.sleep(20).then(note('late')), time.sleep(10).then(note('first')), second()]));

    expect(happened).toEqual(['first at 1010', 'second at 1010', 'third at 1010', 'late at 1020']);
  });

  it('stands still while an actor has something to do, even outside of it', async () => {
    const time = createVirtualTime(0);
    const actor = time.startActor();
    const seen: number[] = [];
    const work = async () => {
      for (let turn = 0; turn < 30; turn += 1) await setImmediate();
      seen.push(time.now());
      await actor.wait(time.sleep(10));
      seen.push(time.now());
      actor.end();
    };

    await time.complete(Promise.all([work(), time.sleep(5)]));

    expect(seen).toEqual([0, 10]);
  });

  it('goes on without an actor that has ended, and with what is under way', async () => {
    const time = createVirtualTime(0);
    const actor = time.startActor();
    const landed = time.sleep(3_600_000).then(() => time.now());
    void actor.wait(time.sleep(10));

    await time.complete(time.sleep(5).then(actor.end));

    expect(await landed).toBe(3_600_000);
  });

  it.each([
    ['an actor that is never done', 'not in virtual time', () => undefined],
    ['work that never ends', 'never comes', (end: () => void) => end()],
  ])('gives up on %s', async (_, message, begin) => {
    const time = createVirtualTime(0, { mostTurns: 30 });
    begin(time.startActor().end);

    await expect(time.complete(new Promise(() => undefined))).rejects.toThrow(message);
  });

  it('fails as the work does', async () => {
    const time = createVirtualTime(0);

    await expect(time.complete(time.sleep(5).then(() => Promise.reject(new Error('lost'))))).rejects.toThrow('lost');
  });
});
