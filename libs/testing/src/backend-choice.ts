import type { StartableBackendName } from './dynamodb-backend.ts';

/** The backends that a DynamoDB can be started with, in the order that tests prefer. */
export const startableBackends: readonly StartableBackendName[] = ['docker', 'embedded', 'java'];

/** How a DynamoDB is obtained. */
export type BackendChoice =
  | { readonly kind: 'use'; readonly endpoint: string }
  | { readonly kind: 'start'; readonly candidates: readonly StartableBackendName[] };

/**
 * Decides from the environment how to get a DynamoDB: `DYNAMODB_ENDPOINT` wins, then `CNOP_DYNAMODB` forces one backend,
 * else the preferred ones are tried in their order.
 *
 * Pure. An empty variable counts as unset.
 *
 * @throws Error when `CNOP_DYNAMODB` names no backend, or `DYNAMODB_ENDPOINT` is not an http(s) URL.
 */
export function chooseBackends(env: NodeJS.ProcessEnv, preferred: readonly StartableBackendName[]): BackendChoice {
  const { DYNAMODB_ENDPOINT: endpoint, CNOP_DYNAMODB: forced } = env;

  if (endpoint) {
    if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
      throw new Error(`DYNAMODB_ENDPOINT must be an http or https URL, not '${endpoint}'.`);
    }
    return { kind: 'use', endpoint };
  }
  if (!forced) return { kind: 'start', candidates: preferred };

  const candidate = startableBackends.find((name) => name === forced);

  if (candidate === undefined) {
    throw new Error(`CNOP_DYNAMODB must be one of ${startableBackends.join(', ')}, not '${forced}'.`);
  }
  return { kind: 'start', candidates: [candidate] };
}
