import { sleep } from '@cnop/utils';
import type { DockerAddress } from './docker-address.ts';
import { removeContainers } from './docker-containers.ts';

const POLL_INTERVAL_MS = 100;
const PATIENCE_MS = 5_000;

/** What a guard ends: one process, or the containers with one label. */
export type GuardedTarget =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'containers'; readonly address: DockerAddress; readonly label: string };

/** Ends the target of a guard; one that is gone already is fine. */
export async function endGuarded(target: GuardedTarget, patienceMs = PATIENCE_MS): Promise<void> {
  if (target.kind === 'process') {
    await endProcess(target.pid, patienceMs);
    return;
  }
  await removeContainers(target.address, target.label);
  // One that was just being created when we looked is there by now.
  await sleep(patienceMs);
  await removeContainers(target.address, target.label);
}

async function endProcess(pid: number, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;

  if (!send(pid, 'SIGTERM')) return;
  while (Date.now() < deadline) {
    if (!send(pid, 0)) return;
    await sleep(POLL_INTERVAL_MS);
  }
  send(pid, 'SIGKILL');
}

/** Sends a signal; signal 0 only asks. Answers whether the process is there. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
