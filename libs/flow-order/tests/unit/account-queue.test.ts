import { sharedErrors } from '@cnop/exceptions';
import { createAccountQueue } from '@cnop/flow-order';
import { setImmediate } from 'node:timers/promises';

/** Work that goes on until it is told to end, and a record of what began and ended. */
function createWork() {
  const events: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      events.push(`${name} begins`);
      ends.set(name, (error) => {
        events.push(`${name} ends`);
        if (error) reject(error);
        else resolve(name);
      });
    });
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error);
    await setImmediate();
  };

  return { events, work, end };
}

describe(createAccountQueue, () => {
  it('does the work on one account in the order in which it was asked for', async () => {
    const { events, work, end } = createWork();
    const queue = createAccountQueue();

    const results = ['first', 'second', 'third'].map((name) => queue.run('ada', work(name)));
    await setImmediate();
    for (const name of ['first', 'second', 'third']) await end(name);

    await expect(Promise.all(results)).resolves.toEqual(['first', 'second', 'third']);
    expect(events).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('does not let one account wait for another', async () => {
    const { events, work } = createWork();
    const queue = createAccountQueue();

    void queue.run('ada', work('of ada'));
    void queue.run('bob', work('of bob'));
    await setImmediate();

    expect(events).toEqual(['of ada begins', 'of bob begins']);
  });

  it('goes on after work that fails, and hands its error to its own caller', async () => {
    const { work, end } = createWork();
    const queue = createAccountQueue();

    const failing = queue.run('ada', work('failing'));
    const next = queue.run('ada', work('next'));
    await setImmediate();
    const refusal = expect(failing).rejects.toThrow('refused');
    await end('failing', new Error('refused'));
    await end('next');

    await refusal;
    await expect(next).resolves.toBe('next');
  });

  it('refuses who would be one too many, and takes the next when there is room again', async () => {
    const { work, end } = createWork();
    const queue = createAccountQueue({ maxWaiting: 1 });

    const taken = [queue.run('ada', work('at work')), queue.run('ada', work('waiting'))];
    await expect(queue.run('ada', work('too many'))).rejects.toMatchObject({
      code: 'CONTENTION',
      retryable: true,
      details: { attempts: 0 },
    });
    await end('at work');
    const later = queue.run('ada', work('later'));
    await end('waiting');
    await end('later');

    await expect(Promise.all([...taken, later])).resolves.toEqual(['at work', 'waiting', 'later']);
  });

  it('keeps the order for who comes while others wait', async () => {
    const { events, work, end } = createWork();
    const queue = createAccountQueue();

    const taken = [queue.run('ada', work('first')), queue.run('ada', work('second'))];
    await setImmediate();
    await end('first');
    const third = queue.run('ada', work('third'));
    await setImmediate();
    expect(events).toEqual(['first begins', 'first ends', 'second begins']);
    await end('second');
    await end('third');

    await expect(Promise.all([...taken, third])).resolves.toEqual(['first', 'second', 'third']);
  });

  it('lets nobody wait when none may', async () => {
    const { work, end } = createWork();
    const queue = createAccountQueue({ maxWaiting: 0 });

    const taken = queue.run('ada', work('at work'));
    await expect(queue.run('ada', work('too many'))).rejects.toMatchObject({ code: 'CONTENTION' });
    await end('at work');

    await expect(taken).resolves.toBe('at work');
  });

  it.each([-1, 0.5, NaN])('refuses %d as the number that may wait', (maxWaiting) => {
    const create = () => createAccountQueue({ maxWaiting });
    const details = { settings: [{ setting: 'maxWaiting', rule: 'must be a whole number from 0' }] };

    expect(create).toThrow(sharedErrors.ConfigurationError);
    expect(create).toThrow(expect.objectContaining({ details }) as Error);
  });
});
