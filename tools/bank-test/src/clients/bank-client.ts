import { call, randomAt, stateOf } from '@cnop/simulation';
import { sleep } from '@cnop/utils';
import type { BankNetwork } from '../network/bank-network.ts';
import { createTimedAttempt, type BankRecord } from './bank-record.ts';
import type { RoundWorld } from './round-world.ts';
import type { BankStep } from './step.ts';
import { taskOf } from './task-of.ts';

/** What all clients of a round share. */
export interface ClientContext {
  readonly seed: number;
  readonly round: number;
  readonly network: BankNetwork;
  readonly world: RoundWorld;
  /** Takes note of a step before its first call. */
  readonly remember: (record: BankRecord) => void;
}

/** A client: one process after the other, each until it crashes. */
export interface BankClient {
  /** Does the steps one after the other. What it is left in doubt about it repeats under the same key, mostly until it knows. */
  follow(steps: readonly BankStep[]): Promise<void>;
  /** Calls once more for a step, with the same key. */
  repeat(record: BankRecord): Promise<void>;
  /** How many processes it has had. */
  processes(): number;
}

/** Where the streams of chance of one round part. */
const streams = { process: 1, patience: 2 } as const;
const callsAtMost = 8;
/** How often a client gives up and leaves it to others to find out. */
const givesUp = 0.2;

/** Starts a client. */
export function startClient({ seed, round, network, world, remember }: ClientContext, client: number): BankClient {
  const random = randomAt(seed, round, client, streams.patience);
  let processes = 0;
  let current = start();

  function start() {
    processes += 1;
    return network.startProcess([round, client, streams.process, processes]);
  }

  const repeat = async ({ operation, attempts }: BankRecord) => {
    const attempt = createTimedAttempt(world.tick);
    attempts.push(attempt);
    current.worksFor(attempt);
    const outcome = await call(operation, current.services, current);
    attempt.outcome = outcome;
    attempt.endedAt = world.tick();

    if (outcome.kind === 'crashed') current = start();
  };

  const takeStep = async (step: BankStep) => {
    const record: BankRecord = { step, ...taskOf(step, world), attempts: [] };
    remember(record);
    do {
      await repeat(record);
      if (isOver(record) || random.fraction() < givesUp) return;
      await sleep(random.below(60));
    } while (record.attempts.length < callsAtMost);
  };

  return {
    repeat,
    processes: () => processes,
    follow: async (steps) => {
      for (const step of steps) await takeStep(step);
    },
  };
}

/** Whether there is nothing to repeat: only what is unknown or failed is. */
function isOver(record: BankRecord): boolean {
  const last = record.attempts.at(-1)?.outcome?.kind;

  return stateOf(record) !== 'open' && last !== 'failed';
}
