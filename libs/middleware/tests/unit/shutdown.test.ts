import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { runProgram } from '../support/run-program.ts';

const origin = /http:\/\/[\d.:]+/;

/** Sends a request on a connection that is kept alive, as a load balancer would. */
async function get(url: string, agent: Agent): Promise<{ status: number | undefined; connection: string | undefined }> {
  return await new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      const { statusCode: status, headers } = response;
      void text(response).then(() => resolve({ status, connection: headers.connection }));
    })
      .on('error', reject)
      .end();
  });
}

describe('runUntilSignal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'upon %s lets the request that runs end, takes no more, and exits with 0',
    async (signal) => {
      const program = runProgram('greet-until-signal.ts');
      const url = await program.printed(origin);
      const agent = new Agent({ keepAlive: true });
      const first = await get(`${url}/?ms=0`, agent);
      const answer = get(`${url}/?ms=300`, agent);
      await program.printed(/arrived\narrived/);

      program.kill(signal);
      program.kill(signal);
      const { status, connection } = await answer;
      const { code, stderr } = await program.ended;

      expect(first).toMatchObject({ status: 200, connection: 'keep-alive' });
      expect({ status, connection }).toEqual({ status: 200, connection: 'close' });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await expect(fetch(url)).rejects.toThrow();
      agent.destroy();
    },
  );

  it('cuts what takes longer than the grace, and exits with 0', async () => {
    const program = runProgram('greet-until-signal.ts', { GRACE_MS: '100' });
    const url = await program.printed(origin);
    const answer = fetch(`${url}/?ms=1500`);
    await program.printed(/arrived/);
    const cut = expect(answer).rejects.toThrow();

    program.kill('SIGTERM');

    await cut;
    expect((await program.ended).code).toBe(0);
  });

  it('does not wait for a connection that sends nothing', async () => {
    const program = runProgram('greet-until-signal.ts', { GRACE_MS: '10000' });
    const { hostname, port } = new URL(await program.printed(origin));
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    const startedAt = performance.now();

    program.kill('SIGTERM');

    expect((await program.ended).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('ends what does not stop in time, with 1', async () => {
    const program = runProgram('greet-until-signal.ts', { FAIL: 'hang', STOP_WITHIN_MS: '100' });
    await program.printed(origin);

    program.kill('SIGTERM');

    expect(await program.ended).toEqual({ code: 1, stderr: 'greeter: it did not stop within 100 ms.\n' });
  });

  it('says in a line why it could not start, and exits with 1', async () => {
    const program = runProgram('greet-until-signal.ts', { FAIL: 'start' });

    expect(await program.ended).toEqual({ code: 1, stderr: 'greeter: It cannot start.\n' });
  });

  it('says in a line why it could not stop, and exits with 1', async () => {
    const program = runProgram('greet-until-signal.ts', { FAIL: 'stop' });
    await program.printed(origin);

    program.kill('SIGTERM');

    expect(await program.ended).toEqual({ code: 1, stderr: 'greeter: It cannot stop.\n' });
  });

  it('names the setting that is wrong', async () => {
    const program = runProgram('greet-until-signal.ts', { FAIL: 'setting' });

    expect(await program.ended).toEqual({ code: 1, stderr: 'greeter: PORT must be a port number\n' });
  });

  it('shows the figures of another error', async () => {
    const program = runProgram('greet-until-signal.ts', { FAIL: 'database' });

    expect(await program.ended).toEqual({
      code: 1,
      stderr: 'greeter: The database limits the rate of requests. {"attempts":3}\n',
    });
  });
});
