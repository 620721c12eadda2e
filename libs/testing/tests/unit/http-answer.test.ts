import { findFreePort } from '../../src/free-port.ts';
import { waitForHttpAnswer } from '../../src/http-answer.ts';
import { startHttpServer } from '../support/http-server.ts';

describe(waitForHttpAnswer, () => {
  it('takes any status for an answer', async () => {
    const server = await startHttpServer();

    await expect(waitForHttpAnswer(server.endpoint, { timeoutMs: 1_000 })).resolves.toBeUndefined();

    await server.stop();
  });

  it('waits for a server that starts late', async () => {
    let ready = false;
    const server = await startHttpServer((request, response) => {
      if (ready) response.end();
      else request.destroy();
    });

    setTimeout(() => (ready = true), 50);
    await expect(waitForHttpAnswer(server.endpoint, { timeoutMs: 1_000 })).resolves.toBeUndefined();

    await server.stop();
  });

  it('gives up on a server that is not there, and says why', async () => {
    const endpoint = `http://127.0.0.1:${await findFreePort()}`;

    await expect(waitForHttpAnswer(endpoint, { timeoutMs: 50 })).rejects.toThrow(
      new RegExp(`^${endpoint} gave no answer within 50 ms \\(.*ECONNREFUSED`),
    );
  });

  it('gives up on a server that stays silent', async () => {
    const server = await startHttpServer(() => undefined);

    await expect(waitForHttpAnswer(server.endpoint, { timeoutMs: 50 })).rejects.toThrow('time-out');

    await server.stop();
  });

  it('speaks TLS to an https address', async () => {
    const server = await startHttpServer();
    const endpoint = server.endpoint.replace('http:', 'https:');

    await expect(waitForHttpAnswer(endpoint, { timeoutMs: 50 })).rejects.toThrow('no answer');

    await server.stop();
  });

  it('ends with the reason of the signal', async () => {
    const aborted = AbortSignal.abort(new Error('it died'));

    await expect(waitForHttpAnswer('http://127.0.0.1:9', { timeoutMs: 1_000, signal: aborted })).rejects.toThrow(
      'it died',
    );
  });
});
