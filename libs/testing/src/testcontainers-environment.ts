import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { DockerAddress } from './docker-address.ts';
import { dockerRequest } from './docker-request.ts';

/**
 * The settings of Testcontainers that it cannot find out by itself; those that are set already are left as they are.
 *
 * - Its clean-up container (Ryuk) is off: it needs a second image, which not every machine can pull, and our own guard
 *   removes the container when this process is gone.
 * - Inside a container it looks for ports on the bridge's gateway. That is right when the daemon is the host's; when it
 *   runs beside us in the same container, they are on the loopback interface.
 */
export async function testcontainersEnvironment(
  env: NodeJS.ProcessEnv,
  address: DockerAddress,
  machine = { isContainer: existsSync('/.dockerenv'), hostname: hostname() },
): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};

  if (!env['TESTCONTAINERS_RYUK_DISABLED']) settings['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  if (!env['TESTCONTAINERS_HOST_OVERRIDE'] && machine.isContainer && 'socketPath' in address) {
    const daemon = JSON.parse(await dockerRequest(address, { method: 'GET', path: '/info' })) as { Name?: string };

    if (daemon.Name === machine.hostname) settings['TESTCONTAINERS_HOST_OVERRIDE'] = '127.0.0.1';
  }
  return settings;
}
