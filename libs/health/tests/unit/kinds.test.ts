import { createHealthRegistry, type CheckKind, type CheckStatus } from '@cnop/health';

const checkOf = (name: string, kinds?: CheckKind[]) => ({ name, kinds, check: async () => undefined });

describe('kinds', () => {
  it('asks for each question its own checks, and all of them for people', async () => {
    const health = createHealthRegistry();
    health.register(checkOf('event-loop', ['liveness']));
    health.register(checkOf('table'));
    health.register(checkOf('migrations', ['startup', 'readiness']));

    const [liveness, readiness, startup, all] = await Promise.all([
      health.liveness(),
      health.readiness(),
      health.startup(),
      health.all(),
    ]);

    expect(Object.keys(liveness.checks)).toEqual(['event-loop']);
    expect(Object.keys(readiness.checks)).toEqual(['table', 'migrations']);
    expect(Object.keys(startup.checks)).toEqual(['migrations']);
    expect(Object.keys(all.checks)).toEqual(['event-loop', 'table', 'migrations']);
  });
});

describe('startup', () => {
  function registryWith(answers: CheckStatus[]) {
    const check = jest.fn(() => ({ status: answers.shift() ?? ('fail' as const) }));
    const health = createHealthRegistry({ cacheMs: 0 });
    health.register({ name: 'warm-up', kinds: ['startup'], check });

    return { health, check };
  }

  it('asks until it has passed, and then never again', async () => {
    const { health, check } = registryWith(['fail', 'pass']);

    const first = await health.startup();
    const second = await health.startup();
    const third = await health.startup();

    expect([first.status, second.status, third.status]).toEqual(['fail', 'pass', 'pass']);
    expect(third).toEqual(second);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('takes a warning as started', async () => {
    const { health } = registryWith(['warn']);

    const statuses = [(await health.startup()).status, (await health.startup()).status];

    expect(statuses).toEqual(['warn', 'warn']);
  });

  it('asks again once another startup check is registered, not for others', async () => {
    const { health, check } = registryWith(['pass', 'pass']);
    await health.startup();

    health.register(checkOf('table'));
    await health.startup();
    const beforeAnother = check.mock.calls.length;
    health.register(checkOf('prices', ['startup']));
    const report = await health.startup();

    expect(beforeAnother).toBe(1);
    expect(Object.keys(report.checks)).toEqual(['warm-up', 'prices']);
  });

  it('does not keep a startup check from failing in other answers', async () => {
    const { health } = registryWith(['pass', 'fail']);
    await health.startup();

    expect((await health.all()).status).toBe('fail');
    expect((await health.startup()).status).toBe('pass');
  });
});
