import type { DockerAddress } from './docker-address.ts';
import { dockerRequest } from './docker-request.ts';

/** The ids of all containers that carry the label, running or not. */
export async function findContainers(address: DockerAddress, label: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const body = await dockerRequest(address, { method: 'GET', path: `/containers/json?all=1&filters=${filters}` });

  return (JSON.parse(body) as { Id: string }[]).map(({ Id }) => Id);
}

/** Ends and removes all containers that carry the label, with their volumes; there may be none. */
export async function removeContainers(address: DockerAddress, label: string): Promise<void> {
  for (const id of await findContainers(address, label)) {
    await dockerRequest(address, { method: 'DELETE', path: `/containers/${id}?force=1&v=1` });
  }
}
