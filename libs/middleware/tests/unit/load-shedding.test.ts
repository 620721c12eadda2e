import { setTimeout as wait } from 'node:timers/promises';
import { testService } from '../support/test-service.ts';

/** Keeps the event loop busy, so that its next turn is late. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('loadShedding', () => {
  it('refuses requests while the event loop is late, but not those who watch', async () => {
    const { service } = await testService({
      loadShedding: { maxEventLoopDelayMs: 20, sampleIntervalMs: 50, retryAfterSeconds: 7 },
    });
    service.get('/it', { config: { access: 'public' } }, () => ({}));
    await service.ready();
    const statusesUnderLoad = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        block(60);
        await wait(0);
        const answer = await service.inject('/it');
        if (answer.statusCode === 503) return { answer, health: (await service.inject('/health/live')).statusCode };
      }
      throw new Error('Nothing was refused.');
    };

    const { answer, health } = await statusesUnderLoad();

    expect(answer.json()).toMatchObject({ code: 'OVERLOADED', retryable: true });
    expect(answer.headers['retry-after']).toBe('7');
    expect(health).toBe(200);
  });

  it('refuses requests beyond a limit of memory', async () => {
    const { service } = await testService({ loadShedding: { maxRssBytes: 1, sampleIntervalMs: 20 } });
    service.get('/it', { config: { access: 'public' } }, () => ({}));
    await service.ready();

    await wait(60);

    expect((await service.inject('/it')).json()).toMatchObject({ code: 'OVERLOADED' });
  });

  it('refuses nothing otherwise', async () => {
    const { service } = await testService();
    service.get('/it', { config: { access: 'public' } }, () => ({}));

    expect((await service.inject('/it')).statusCode).toBe(200);
  });
});
