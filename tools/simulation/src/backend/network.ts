import { createDatabase, type Database } from '@cnop/database-core';
import { createFaultInjector, passAll, type SdkRequestHandler } from '@cnop/testing';
import { createIds, type Sleep } from '@cnop/utils';
import type { Observer } from '../client/attempt.ts';
import { randomAt } from '../random-source.ts';
import type { Backend } from './backend.ts';
import { countedPlan, mixedFaults, type CallCounts, type FaultShare } from './faults.ts';
import { openServices, type Services } from './services.ts';

/** Ways to plant a bug, to see that it is found. */
export interface PlantedBug {
  readonly handler?: (inner: SdkRequestHandler) => SdkRequestHandler;
  readonly services?: (services: Services) => Services;
}

/** A process that runs a client until it crashes. */
export interface Process {
  readonly services: Services;
  readonly sleep: Sleep;
  /** From now on requests are those of one call, whose chance follows from its place. Resolves when the process has crashed. */
  begin(observer: Observer, place: readonly number[]): Promise<void>;
  readonly end: () => void;
}

/** What lies between the clients and a database. */
export interface Network extends Pick<Backend, 'pauseMs' | 'longPauseMs'> {
  startProcess(place: readonly number[]): Process;
  /** Works with services for which nothing goes wrong. */
  use<TResult>(work: (services: Services) => Promise<TResult>): Promise<TResult>;
  /** From now on nothing goes wrong; what was sent before still takes its way. */
  heal(): void;
  readonly counts: CallCounts;
}

/** Most processes have little patience, so that many outcomes stay unknown to them. */
const patience = [1, 1, 2, 2, 3, 10];
const unobserved: Observer = { sent: () => undefined, answered: () => undefined };

export function openNetwork(backend: Backend, faults: FaultShare, bug: PlantedBug = {}): Network {
  const { connection, clock, pauseMs, longPauseMs } = backend;
  const counts: CallCounts = { requests: 0, faults: {} };
  let plan = countedPlan(mixedFaults(faults, backend.delays), counts);
  let outsiders = 0;

  const open = (place: readonly number[], plant: PlantedBug): Process => {
    const random = randomAt(...place);
    const actor = backend.startActor();
    const sleep: Sleep = (ms) => actor.wait(backend.sleep(ms));
    const connect = (observer: Observer, at: readonly number[]) => {
      const handler = backend.connect(observer, randomAt(...at));
      return plant.handler?.(handler) ?? handler;
    };
    let present = connect(unobserved, place);
    const database = createDatabase({
      ...connection,
      clock,
      sleep,
      requestHandler: {
        handle: (request: never, options?: object) => actor.wait(present.handle(request, options)),
        metadata: { handlerProtocol: 'http/1.1' },
      },
      ids: createIds({ clock, random: (count) => random.bytes(count) }),
      random: () => random.fraction(),
      retry: { maxAttempts: patience[random.below(patience.length)] },
    });
    retryReadsBy(sleep, database);
    const services = openServices(database);

    return {
      services: plant.services?.(services) ?? services,
      sleep,
      begin: (observer, at) => {
        const injector = createFaultInjector({
          inner: connect(observer, at),
          plan,
          seed: at.join('/'),
          clock,
          sleep: backend.sleep,
          keepCalls: 1,
        });
        present = injector;
        return injector.crashed.then(actor.end);
      },
      end: actor.end,
    };
  };

  return {
    pauseMs,
    longPauseMs,
    counts,
    startProcess: (place) => open(place, bug),
    use: async (work) => {
      outsiders += 1;
      const { services, end } = open([outsiders], {});
      return await work(services).finally(end);
    },
    heal: () => {
      plan = passAll;
    },
  };
}

/** The SDK waits by the machine's timers between two attempts to read; this waits by the backend's. */
function retryReadsBy(sleep: Sleep, { reader }: Database): void {
  const { retryStrategy } = reader.config;

  reader.config.retryStrategy = async () => {
    const strategy = await retryStrategy();
    if (!('refreshRetryTokenForRetry' in strategy)) return strategy;
    return {
      acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
      recordSuccess: (token) => {
        strategy.recordSuccess(token);
      },
      refreshRetryTokenForRetry: async (token, info) => {
        const next = await strategy.refreshRetryTokenForRetry(token, info);
        await sleep(next.getRetryDelay());
        return Object.assign(next, { getRetryDelay: () => 0 });
      },
    };
  };
}
