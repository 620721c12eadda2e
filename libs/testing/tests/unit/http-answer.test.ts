import { findFreePort, waitForHttpAnswer } from '../../src/backends/database-process.ts';
import { startHttpServer } from '../support/http-server.ts';
import { passTimeUntil } from '../support/manual-timers.ts';

const timeoutMs = 60_000;
const given = (url: string, signal?: AbortSignal) =>
  passTimeUntil(waitForHttpAnswer(url, { timeoutMs, ...(signal && { signal }) }), 10_000);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe(waitForHttpAnswer, () => {
  it('takes any status for an answer', async () => {
    const server = await startHttpServer();

    await expect(given(server.endpoint)).resolves.toBeUndefined();

    await server.stop();
  });

  it('waits for a server that starts late', async () => {
    let requests = 0;
    const server = await startHttpServer((request, response) => {
      requests += 1;
      if (requests === 3) response.end();
      else request.destroy();
    });

    await expect(given(server.endpoint)).resolves.toBeUndefined();
    expect(requests).toBe(3);

    await server.stop();
  });

  it('gives up on a server that is not there, and says why', async () => {
    const endpoint = `http://127.0.0.1:${await findFreePort()}`;

    await expect(given(endpoint)).rejects.toThrow(
      new RegExp(`^${endpoint} gave no answer within 60000 ms \\(.*ECONNREFUSED`),
    );
  });

  it('gives up on a server that stays silent', async () => {
    const server = await startHttpServer(() => undefined);

    await expect(given(server.endpoint)).rejects.toThrow('time-out');

    await server.stop();
  });

  it('speaks TLS to an https address', async () => {
    const server = await startHttpServer();
    const endpoint = server.endpoint.replace('http:', 'https:');

    await expect(given(endpoint)).rejects.toThrow('no answer');

    await server.stop();
  });

  it('ends with the reason of the signal', async () => {
    const aborted = AbortSignal.abort(new Error('it died'));

    await expect(given('http://127.0.0.1:9', aborted)).rejects.toThrow('it died');
  });
});
