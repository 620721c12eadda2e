import { createHealthRegistry, type CheckOutcome, type HealthReport } from '@cnop/health';

import { createDeferred, turn } from '../deferred.ts';
import { createManualTime } from '../manual-time.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const never = () => new Promise<undefined>(() => undefined);
const timeoutMs = 20_000;

/** A report whose checks have all the time there is. */
async function afterTheTimeOut(report: Promise<HealthReport>): Promise<HealthReport> {
  await jest.advanceTimersByTimeAsync(timeoutMs);
  return await report;
}

describe('a check that hangs', () => {
  it('fails after its own time-out, the others answering as usual', async () => {
    const health = createHealthRegistry({ timeoutMs: 60_000, monotonicMs: () => new Date().getTime() });
    health.register({ name: 'hung', check: never, timeoutMs });
    health.register({ name: 'fine', check: async () => undefined });

    const { status, checks } = await afterTheTimeOut(health.readiness());

    expect(status).toBe('fail');
    expect(checks.fine).toMatchObject({ status: 'pass', latencyMs: 0 });
    expect(checks.hung).toMatchObject({ status: 'fail', message: 'CHECK_TIMED_OUT', latencyMs: timeoutMs });
  });

  it("takes the registry's time-out when it has none", async () => {
    const health = createHealthRegistry({ timeoutMs });
    health.register({ name: 'hung', check: never, critical: false });

    expect((await afterTheTimeOut(health.readiness())).status).toBe('warn');
  });

  it('is told by its signal', async () => {
    const signals: AbortSignal[] = [];
    const health = createHealthRegistry({ timeoutMs });
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
    await afterTheTimeOut(answer);

    expect([before, signals[0]!.aborted]).toEqual([false, true]);
  });

  it('is not started again while it hangs, and is answered for at once', async () => {
    const check = jest.fn(never);
    const health = createHealthRegistry({ timeoutMs, cacheMs: 0 });
    health.register({ name: 'hung', check });
    const first = await afterTheTimeOut(health.readiness());

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
    const health = createHealthRegistry({ ...time, timeoutMs, cacheMs: 1_000 });
    health.register({ name: 'table', check });
    await afterTheTimeOut(health.readiness());

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
    const health = createHealthRegistry({ timeoutMs, cacheMs: 0 });
    health.register({ name: 'table', check });

    await afterTheTimeOut(health.readiness());
    await afterTheTimeOut(health.readiness());

    expect(check).toHaveBeenCalledTimes(2);
  });
});
