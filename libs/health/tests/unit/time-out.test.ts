import { createHealthRegistry, type CheckOutcome } from '@cnop/health';

import { createDeferred, turn } from '../deferred.ts';
import { createManualTime } from '../manual-time.ts';

const never = () => new Promise<undefined>(() => undefined);

describe('a check that hangs', () => {
  it('fails after its own time-out, the others answering as usual', async () => {
    const health = createHealthRegistry({ timeoutMs: 60_000 });
    health.register({ name: 'hung', check: never, timeoutMs: 20 });
    health.register({ name: 'fine', check: async () => undefined });

    const { status, checks } = await health.readiness();

    expect(status).toBe('fail');
    expect(checks.fine!.status).toBe('pass');
    expect(checks.hung).toMatchObject({ status: 'fail', message: 'CHECK_TIMED_OUT' });
    expect(checks.hung!.latencyMs).toBeGreaterThanOrEqual(19);
    expect(checks.hung!.latencyMs).toBeLessThan(5_000);
  });

  it("takes the registry's time-out when it has none", async () => {
    const health = createHealthRegistry({ timeoutMs: 20 });
    health.register({ name: 'hung', check: never, critical: false });

    expect((await health.readiness()).status).toBe('warn');
  });

  it('is told by its signal', async () => {
    const signals: AbortSignal[] = [];
    const health = createHealthRegistry({ timeoutMs: 20 });
    health.register({
      name: 'hung',
      check: (signal) => {
        signals.push(signal);
        return never();
      },
    });

    const answer = health.readiness();
    await turn();
    const before = signals[0]!.aborted;
    await answer;

    expect([before, signals[0]!.aborted]).toEqual([false, true]);
  });

  it('is not started again while it hangs, and is answered for at once', async () => {
    const check = jest.fn(never);
    const health = createHealthRegistry({ timeoutMs: 20, cacheMs: 0 });
    health.register({ name: 'hung', check });
    const first = await health.readiness();

    const later = Promise.all([health.readiness(), health.all(), health.readiness()]);
    const answered = await Promise.race([later, turn().then(() => [])]);

    expect(answered.map(({ checks }) => checks)).toEqual(Array(3).fill(first.checks));
    expect(check).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => CheckOutcome]>([
    ['passed', () => ({ status: 'pass' })],
    [
      'failed',
      () => {
        throw new Error('late');
      },
    ],
  ])('is started again after it has %s late and the result has aged', async (_case, end) => {
    const time = createManualTime();
    const late = createDeferred<undefined>();
    const check = jest
      .fn<Promise<CheckOutcome | undefined>, []>()
      .mockImplementationOnce(() => late.promise.then(end))
      .mockResolvedValue(undefined);
    const health = createHealthRegistry({ ...time, timeoutMs: 20, cacheMs: 1_000 });
    health.register({ name: 'table', check });
    await health.readiness();

    late.resolve(undefined);
    await turn();
    const kept = await health.readiness();
    time.pass(1_000);
    const fresh = await health.readiness();

    expect(kept.checks.table!.message).toBe('CHECK_TIMED_OUT');
    expect(fresh.status).toBe('pass');
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('is started again when it heeds its signal', async () => {
    const check = jest.fn(
      (signal: AbortSignal) =>
        new Promise<undefined>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const health = createHealthRegistry({ timeoutMs: 10, cacheMs: 0 });
    health.register({ name: 'table', check });

    await health.readiness();
    await health.readiness();

    expect(check).toHaveBeenCalledTimes(2);
  });
});
