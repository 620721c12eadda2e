import { createHealthRegistry, type CheckOutcome } from '@cnop/health';

import { createDeferred, turn } from '../deferred.ts';
import { createManualTime } from '../manual-time.ts';

describe('the cache', () => {
  it('gives a result again until it is cacheMs old', async () => {
    const time = createManualTime();
    const check = jest.fn(async () => undefined);
    const health = createHealthRegistry({ ...time, cacheMs: 60_000 });
    health.register({ name: 'table', check, cacheMs: 1_000 });

    const first = await health.readiness();
    time.pass(999);
    const second = await health.readiness();
    time.pass(1);
    const third = await health.readiness();

    expect(second).toEqual(first);
    expect(third.checks.table!.checkedAt).toBe('2030-01-01T00:00:01.000Z');
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('keeps a failure as long', async () => {
    const time = createManualTime();
    const check = jest.fn(async () => Promise.reject(new Error('down')));
    const health = createHealthRegistry(time);
    health.register({ name: 'table', check });

    await health.readiness();
    time.pass(4_999);
    const { status } = await health.readiness();

    expect(status).toBe('fail');
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('does not age by a clock that is set', async () => {
    const time = createManualTime();
    const check = jest.fn(async () => undefined);
    const health = createHealthRegistry({ ...time, cacheMs: 1_000 });
    health.register({ name: 'table', check });

    await health.readiness();
    time.clock.set('2020-01-01T00:00:00Z');
    time.pass(1_000);
    await health.readiness();

    expect(check).toHaveBeenCalledTimes(2);
  });

  it('shares one run among callers of every question, even without a cache', async () => {
    const outcome = createDeferred<CheckOutcome>();
    const check = jest.fn(() => outcome.promise);
    const health = createHealthRegistry({ cacheMs: 0 });
    health.register({ name: 'table', check, kinds: ['readiness', 'startup'] });

    const answers = [health.readiness(), health.readiness(), health.startup(), health.all()];
    await turn();
    outcome.resolve({ status: 'warn' });
    const reports = await Promise.all(answers);

    expect(reports.map(({ status }) => status)).toEqual(['warn', 'warn', 'warn', 'warn']);
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('runs the checks of an answer at the same time', async () => {
    const first = createDeferred<undefined>();
    const health = createHealthRegistry();
    health.register({ name: 'first', check: () => first.promise });
    health.register({
      name: 'second',
      check: async () => {
        first.resolve(undefined);
        return undefined;
      },
    });

    expect((await health.readiness()).status).toBe('pass');
  });
});
