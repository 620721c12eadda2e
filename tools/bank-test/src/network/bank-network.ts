import { createDatabase, type Database } from '@cnop/database-core';
import { openServices, randomAt, type Services } from '@cnop/simulation';
import {
  createFaultInjector,
  passAll,
  type FaultInjector,
  type RunningDynamoDb,
  type SdkRequestHandler,
} from '@cnop/testing';
import { sleep } from '@cnop/utils';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { countedPlan, type CallCounts } from './counted-plan.ts';
import { mixedFaults } from './fault-shares.ts';
import { observedHandler, presentCaller, type Caller } from './observed-handler.ts';
import { createUnderWay } from './under-way.ts';

/** A process of a client: it lives until it crashes. */
export interface BankProcess {
  readonly services: Services;
  /** Never fails; done when the process has crashed. */
  readonly crashed: Promise<'crashed'>;
  /** From now on requests are sent on behalf of this one. */
  worksFor(caller: Caller): void;
}

/** What lies between the clients and the database. */
export interface BankNetwork {
  /** Starts a process whose chance follows from the seed and its place. */
  startProcess(place: readonly number[]): BankProcess;
  /** Opens a database that nothing befalls. */
  openDatabase(): Database;
  /** From now on nothing goes wrong; what was sent before still takes its way. */
  heal(): void;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
  readonly counts: CallCounts;
  close(): void;
}

/** What a network is made of. */
export interface BankNetworkOptions {
  readonly dynamoDb: RunningDynamoDb;
  readonly tables: Readonly<Record<string, string>>;
  readonly seed: number;
  /** How many of all calls go wrong, from 0 to 1. */
  readonly faultRate: number;
  readonly bug?: PlantedBug | undefined;
}

/** Ways to plant a bug, to see that it is found. */
export interface PlantedBug {
  /** Changes what becomes of a request. */
  readonly handler?: (inner: SdkRequestHandler) => SdkRequestHandler;
  /** Changes what a client works with. */
  readonly services?: (services: Services) => Services;
}

/** Most processes have little patience, so that many outcomes stay unknown to them. */
const patience = [1, 2, 2, 3, 3, 10];
const requestTimeoutMs = 10_000;

/** Opens a network to a database that runs. */
export function openNetwork({ dynamoDb, tables, seed, faultRate, bug = {} }: BankNetworkOptions): BankNetwork {
  const { endpoint, region, credentials } = dynamoDb;
  const http = new NodeHttpHandler({
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 256 },
  });
  const underWay = createUnderWay();
  const inner = (bug.handler ?? ((handler) => handler))(observedHandler(http, underWay));
  const counts: CallCounts = { calls: 0, faults: new Map() };
  let plan = countedPlan(mixedFaults(faultRate), counts);

  const startProcess = (place: readonly number[]): BankProcess => {
    const random = randomAt(seed, ...place);
    let present: Caller | undefined;
    const injector = createFaultInjector({
      inner,
      plan,
      seed: [seed, ...place].join('/'),
      sleep: (ms) => underWay.track(sleep(ms)),
      keepCalls: 1,
    });
    const handle: FaultInjector['handle'] = (request, options) =>
      present ? presentCaller.run(present, () => injector.handle(request, options)) : injector.handle(request, options);
    const database = createDatabase({
      endpoint,
      region,
      credentials,
      tables,
      requestHandler: {
        ...injector,
        handle,
      },
      random: () => random.fraction(),
      retry: { maxAttempts: patience[random.below(patience.length)] },
    });

    return {
      services: (bug.services ?? ((services) => services))(openServices(database)),
      crashed: injector.crashed.then(() => 'crashed'),
      worksFor: (caller) => {
        present = caller;
      },
    };
  };

  return {
    startProcess,
    openDatabase: () => createDatabase({ endpoint, region, credentials, tables, requestHandler: http }),
    heal: () => {
      plan = passAll;
    },
    settled: () => underWay.settled(),
    counts,
    close: () => {
      http.destroy();
    },
  };
}
