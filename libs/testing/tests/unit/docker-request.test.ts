import { timesOutMs } from '@cnop/testing';
import { dockerRequest, type DockerAddress } from '../../src/backends/docker-containers.ts';
import { type Answer, startFakeDocker } from '../support/fake-docker.ts';

async function withDocker<TResult>(answer: Answer, use: (address: DockerAddress) => Promise<TResult>) {
  const docker = await startFakeDocker(answer);

  try {
    return await use(docker.address);
  } finally {
    await docker.stop();
  }
}

describe(dockerRequest, () => {
  it('returns the body of a 2xx answer', async () => {
    const body = await withDocker(
      () => ({ body: { Name: 'me' } }),
      (address) => dockerRequest(address, { method: 'GET', path: '/info' }),
    );

    expect(body).toBe('{"Name":"me"}');
  });

  it('fails with the status and the text of another answer', async () => {
    const asked = withDocker(
      () => ({ status: 500, body: 'out of order' }),
      (address) => dockerRequest(address, { method: 'GET', path: '/info' }),
    );

    await expect(asked).rejects.toThrow('Docker answered 500 to GET /info: "out of order"');
  });

  it('gives up on a daemon that does not answer in time', async () => {
    const asked = withDocker(
      () => undefined,
      (address) => dockerRequest(address, { method: 'GET', path: '/_ping', timeoutMs: timesOutMs }),
    );

    await expect(asked).rejects.toThrow(`no answer within ${timesOutMs} ms`);
  });

  it('fails at once where nobody listens', async () => {
    await expect(
      dockerRequest({ socketPath: '/nonexistent/docker.sock' }, { method: 'GET', path: '/' }),
    ).rejects.toThrow('ENOENT');
  });
});
