import type { DockerAddress } from './docker-address.ts';
import { dockerRequest } from './docker-request.ts';

/** The ids of all containers that carry the label, running or not. @throws Error when the answer is no list of containers. */
async function findContainers(address: DockerAddress, label: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const body = await dockerRequest(address, { method: 'GET', path: `/containers/json?all=1&filters=${filters}` });

  const ids = containerIdsIn(body);
  if (ids === undefined) throw new Error('What Docker answered is no list of containers.');
  return ids;
}

function containerIdsIn(body: string): string[] | undefined {
  try {
    const ids = (JSON.parse(body) as { readonly Id: unknown }[]).map(({ Id }) => Id);

    return ids.every(isContainerId) ? ids : undefined;
  } catch {
    return undefined;
  }
}

/** An id goes into the path of a request, where nothing else may. */
const isContainerId = (id: unknown): id is string => typeof id === 'string' && /^\w+$/.test(id);

/** Ends and removes all containers that carry the label, with their volumes; there may be none. */
export async function removeContainers(address: DockerAddress, label: string): Promise<void> {
  for (const id of await findContainers(address, label)) {
    await dockerRequest(address, { method: 'DELETE', path: `/containers/${id}?force=1&v=1` });
  }
}
