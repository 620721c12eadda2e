import { startProcess, type ClientProcess } from '../network/client-process.ts';
import type { Network } from '../network/network.ts';
import { openProcessDatabase } from '../network/process-database.ts';
import type { VirtualTime } from '../network/virtual-time.ts';
import { randomAt } from '../random-source.ts';
import { call, createAttempt, type Attempt } from './attempt.ts';
import { operationOf } from './operation-of.ts';
import { openServices, type Services } from './services.ts';
import { stateOf, type StepRecord } from './step-record.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** What all clients share. */
export interface ClientContext {
  readonly seed: number;
  readonly maxAttempts: number;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly world: World;
  /** Numbers what happens, in its order: many things happen in one millisecond. */
  readonly tick: () => number;
  /** Takes note of a step before its first call. */
  readonly remember: (record: StepRecord) => void;
  /** Lets a planted bug change what a client works with. */
  readonly alter: (services: Services) => Services;
}

/** A client: one process after the other, each until it crashes. */
export interface Client<TRecord = StepRecord> {
  /** Does the steps one after the other, each as often as this client has the patience for. */
  follow(steps: readonly Step[]): Promise<void>;
  /** Calls once more for a step, with the same key. */
  repeat(record: TRecord): Promise<void>;
  close(): void;
}

/** Where the streams of chance of one seed part. */
const streams = { process: 1, client: 2, call: 3 } as const;
const callsAtMost = 4;

/** Starts a client. */
export function startClient(context: ClientContext, client: number): Client {
  const { seed } = context;
  let lives = 0;
  let current = start();

  function start(): Life {
    lives += 1;
    return startLife(context, [seed, streams.process, client, lives]);
  }

  const repeat = async (record: StepRecord) => {
    const { operation, attempts, step } = record;
    const attempt = createAttempt([seed, streams.call, step.id, attempts.length], context.tick);
    attempts.push(attempt);
    current.makes(attempt);
    attempt.outcome = await call(operation, current.services, current.process);

    if (attempt.outcome.kind === 'crashed') current = start();
  };

  const takeStep = async (step: Step) => {
    const random = randomAt(seed, streams.client, step.id);
    await current.process.sleep(random.below(20));
    const operation = operationOf(step, context.world);
    if (!operation) return;

    const record: StepRecord = { step, operation, attempts: [] };
    context.remember(record);
    do {
      await repeat(record);
      const patience = random.fraction();
      if (isOver(record) || patience < 0.3) return;
      await current.process.sleep(random.below(patience < 0.6 ? 200 : 20_000));
    } while (record.attempts.length < callsAtMost);
  };

  return {
    repeat,
    follow: async (steps) => {
      for (const step of steps) await takeStep(step);
    },
    close: () => {
      current.process.close();
    },
  };
}

/** Whether there is nothing to repeat: only what is unknown or failed is. */
function isOver(record: StepRecord): boolean {
  const last = record.attempts.at(-1)?.outcome?.kind;

  return stateOf(record) !== 'open' && last !== 'failed';
}

/** One process of a client with what it works with. */
interface Life {
  readonly process: ClientProcess;
  readonly services: Services;
  /** From now on calls are made for this attempt. */
  makes(attempt: Attempt): void;
}

function startLife({ time, network, maxAttempts, alter, tick }: ClientContext, place: readonly number[]): Life {
  const process = startProcess(time);
  let present = createAttempt(place, tick);
  const database = openProcessDatabase({
    process,
    time,
    requestHandler: network.connect(process, () => present),
    random: randomAt(...place),
    maxAttempts,
    tables: { users: 'users', ledger: 'ledger', orders: 'orders', inventory: 'inventory' },
  });

  return {
    process,
    services: alter(openServices(database)),
    makes: (attempt) => {
      present = attempt;
    },
  };
}
