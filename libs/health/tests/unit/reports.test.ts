import { createHealthRegistry, type CheckOutcome, type HealthCheck, type HealthReport } from '@cnop/health';

import { createManualTime } from '../manual-time.ts';

const NOW = '2030-01-01T00:00:00.000Z';
const passing = async (): Promise<undefined> => undefined;
const failing = async (): Promise<undefined> => {
  throw Object.assign(new Error('connect 10.0.0.1 as admin:secret'), { code: 'ECONNREFUSED' });
};

/** The readiness report of a registry with these checks. */
async function readinessOf(...checks: Partial<HealthCheck>[]): Promise<HealthReport> {
  const health = createHealthRegistry(createManualTime());
  checks.forEach((check, index) => {
    health.register({ name: `check-${index}`, check: passing, ...check });
  });

  return health.readiness();
}

describe('a report', () => {
  it('passes without checks', async () => {
    expect(await readinessOf()).toEqual({ status: 'pass', checks: {} });
  });

  it('shows each check by name, with latency and time', async () => {
    const time = createManualTime();
    const health = createHealthRegistry(time);
    health.register({
      name: 'slow',
      check: async () => {
        time.pass(12.4);
        return undefined;
      },
    });

    expect(await health.readiness()).toEqual({
      status: 'pass',
      checks: { slow: { status: 'pass', latencyMs: 12, checkedAt: NOW } },
    });
  });

  it('fails when a critical check fails', async () => {
    const { status, checks } = await readinessOf({}, { check: failing });

    expect(status).toBe('fail');
    expect(checks['check-0']!.status).toBe('pass');
    expect(checks['check-1']).toEqual({ status: 'fail', latencyMs: 0, checkedAt: NOW, message: 'ECONNREFUSED' });
  });

  it('warns when a check that is not critical fails', async () => {
    const { status, checks } = await readinessOf({}, { check: failing, critical: false });

    expect(status).toBe('warn');
    expect(checks['check-1']).toMatchObject({ status: 'warn', message: 'ECONNREFUSED' });
  });

  it('fails rather than warns when both are there', async () => {
    const { status } = await readinessOf({ check: failing, critical: false }, { check: failing });

    expect(status).toBe('fail');
  });

  it.each<[CheckOutcome, boolean, CheckOutcome]>([
    [{ status: 'pass' }, true, { status: 'pass' }],
    [{ status: 'warn', message: 'LAGGING' }, true, { status: 'warn', message: 'LAGGING' }],
    [{ status: 'fail', message: 'TOO_LATE' }, true, { status: 'fail', message: 'TOO_LATE' }],
    [{ status: 'fail', message: 'TOO_LATE' }, false, { status: 'warn', message: 'TOO_LATE' }],
  ])('shows what a check itself says: %j (critical: %s)', async (said, critical, shown) => {
    const { status, checks } = await readinessOf({ check: () => said, critical });

    expect(status).toBe(shown.status);
    expect(checks['check-0']).toEqual({ latencyMs: 0, checkedAt: NOW, ...shown });
  });

  it.each([[false], [null], ['pass'], [{}], [{ status: 'up' }]])('fails a check that says %j', async (said) => {
    const { checks } = await readinessOf({ check: () => said as unknown as undefined });

    expect(checks['check-0']).toMatchObject({ status: 'fail', message: 'CHECK_OUTCOME_INVALID' });
  });

  it.each([
    [Object.assign(new Error('text'), { code: 'DATABASE_UNAVAILABLE' }), 'DATABASE_UNAVAILABLE'],
    [Object.assign(new Error('text'), { name: 'ResourceNotFoundException' }), 'ResourceNotFoundException'],
    [Object.assign(new Error('text'), { name: 'AccessDenied', code: 7 }), 'AccessDenied'],
    [new TypeError('text'), 'TypeError'],
    [new Error('text'), 'CHECK_FAILED'],
    [Object.assign(new Error('text'), { code: 'a text with a secret' }), 'CHECK_FAILED'],
    [Object.assign(new Error('text'), { name: 'a text with a secret' }), 'CHECK_FAILED'],
    ['text', 'CHECK_FAILED'],
    [null, 'CHECK_FAILED'],
    [{}, 'CHECK_FAILED'],
  ])('shows the code of an error, never its text: %p', async (error, message) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a check may throw anything
    const check = (): Promise<undefined> => Promise.reject(error);

    const { checks } = await readinessOf({ check });

    expect(checks['check-0']).toMatchObject({ status: 'fail', message });
  });

  it('takes a check that throws at once as failed', async () => {
    const check = (): undefined => {
      throw new RangeError('text');
    };

    const { checks } = await readinessOf({ check });

    expect(checks['check-0']).toMatchObject({ status: 'fail', message: 'RangeError' });
  });

  it('keeps a check that is a method bound to its object', async () => {
    const check = {
      name: 'queue',
      depth: 3,
      check(): CheckOutcome {
        return { status: 'warn', message: `DEPTH_${this.depth}` };
      },
    };
    const health = createHealthRegistry();
    health.register(check);

    expect((await health.readiness()).checks.queue!.message).toBe('DEPTH_3');
  });
});
