import { startProcess } from '../network/client-process.ts';
import type { Network } from '../network/network.ts';
import { openProcessDatabase } from '../network/process-database.ts';
import type { VirtualTime } from '../network/virtual-time.ts';
import { randomAt } from '../random-source.ts';
import { openServices, type Services } from './services.ts';

/** Somebody who works on the tables before or after the clients, over a network that is in order. */
export interface Outsider {
  readonly services: Services;
  readonly close: () => void;
}

const firstPlace = 100;

/** Lets an outsider in. */
export function openOutsider(
  { network, time }: { readonly network: Network; readonly time: VirtualTime },
  seed: number,
): Outsider {
  const process = startProcess(time);
  let calls = 0;
  const nobody = { nextPlace: () => [seed, firstPlace, calls++], served: () => undefined, changed: () => undefined };
  const database = openProcessDatabase({
    process,
    time,
    requestHandler: network.connect(process, () => nobody),
    random: randomAt(seed, firstPlace),
    maxAttempts: 1,
    tables: { users: 'users', ledger: 'ledger', orders: 'orders', inventory: 'inventory' },
  });

  return { services: openServices(database), close: process.close };
}
