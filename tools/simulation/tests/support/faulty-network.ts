import type { Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import { drawTimes } from '../../src/network/call-times.ts';
import { startProcess, type ClientProcess } from '../../src/network/client-process.ts';
import { drawFault, faultKinds, type FaultKind } from '../../src/network/fault.ts';
import { createNetwork, type Network } from '../../src/network/network.ts';
import { openProcessDatabase } from '../../src/network/process-database.ts';
import { createVirtualTime, type VirtualTime } from '../../src/network/virtual-time.ts';
import { randomAt } from '../../src/random-source.ts';
import { createStore, type Store } from '../../src/store/store.ts';

/** A process on a network on which the first calls go wrong in the ways that were asked for, and all others go right. */
export interface FaultyNetwork {
  readonly time: VirtualTime;
  readonly store: Store;
  readonly network: Network;
  readonly process: ClientProcess;
  readonly database: Database;
  /** What the store told of the calls, in order. */
  readonly told: readonly string[];
}

/** Opens it, with the table `users` in its store. */
export function openFaultyNetwork(faults: readonly FaultKind[], maxAttempts = 1): FaultyNetwork {
  const time = createVirtualTime(Date.UTC(2030, 0, 1));
  let changes = 0;
  const store = createStore([usersTableShape], { now: time.now, onWrite: () => void (changes += 1) });

  const network = createNetwork({ time, store, faults: { percent: 50, kinds: faultKinds }, changes: () => changes });
  const process = startProcess(time);
  const told: string[] = [];
  let calls = 0;
  const caller = {
    nextPlace: () => {
      const fault = faults[calls];
      calls += 1;
      return placeOf(fault, calls);
    },
    served: () => void told.push('served'),
    changed: () => void told.push('changed'),
  };
  const database = openProcessDatabase({
    process,
    time,
    requestHandler: network.connect(process, () => caller),
    random: randomAt(1),
    maxAttempts,
    tables: { users: 'users' },
  });
  return { time, store, network, process, database, told };
}

/** A place at which chance draws this fault, or none. */
function placeOf(fault: FaultKind | undefined, call: number): readonly number[] {
  for (let place = 0; ; place += 1) {
    if (fault === faultAt(call, place)) return [call, place];
  }
}

function faultAt(call: number, place: number): FaultKind | undefined {
  const random = randomAt(call, place);
  drawTimes(random);

  return drawFault(random, { percent: 50, kinds: faultKinds });
}
