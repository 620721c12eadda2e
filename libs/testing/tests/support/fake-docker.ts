import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DockerAddress } from '../../src/backends/docker-containers.ts';

/** What the fake daemon answers to one request; `undefined` leaves it unanswered. */
export type Answer = (request: string) => { status?: number; body?: unknown } | undefined;

/** A Docker daemon on a socket of its own that answers as it is told and remembers what it was asked. */
export async function startFakeDocker(answer: Answer) {
  const directory = await mkdtemp(join(tmpdir(), 'cnop-fake-docker-'));
  const address: DockerAddress = { socketPath: join(directory, 'docker.sock') };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const text = `${request.method ?? ''} ${decodeURIComponent(request.url ?? '')}`;
    const answered = answer(text);

    requests.push(text);
    if (answered === undefined) return;
    response.statusCode = answered.status ?? 200;
    response.end(JSON.stringify(answered.body ?? {}));
  });

  await new Promise<void>((resolve) => server.listen(address.socketPath, resolve));

  return {
    address,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}
