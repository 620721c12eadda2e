import type { Network, Process } from '../backend/network.ts';
import { randomAt } from '../random-source.ts';
import { operationOf } from '../workload/operations.ts';
import type { World } from '../workload/market.ts';
import type { Step } from '../workload/plan.ts';
import type { Violation } from '../judge/violation.ts';
import { call, observerOf, stateOf, type Attempt, type StepRecord } from './attempt.ts';

export interface ClientContext {
  readonly seed: number;
  readonly network: Network;
  readonly world: World;
  /** Numbers what happens, in its order: a clock on which no two moments are the same. */
  readonly tick: () => number;
  readonly records: StepRecord[];
}

/** A client: one process after the other, each until it crashes. */
export type Client = ReturnType<typeof startClient>;

/** Where the streams of chance of one round part. */
const streams = { process: 1, step: 2, call: 3 } as const;
const callsAtMost = 8;

export function startClient({ seed, network, world, tick, records }: ClientContext, client: number) {
  let processes = 0;
  let current = start();

  function start(): Process {
    processes += 1;
    return network.startProcess([seed, streams.process, client, processes]);
  }

  const repeat = async ({ step, operation, attempts }: StepRecord) => {
    const attempt: Attempt = { calledAt: tick(), endedAt: Infinity, sentAt: 0 };
    const place = [seed, streams.call, step.id, attempts.length];
    attempts.push(attempt);
    const crashed = current.begin(observerOf(attempt, tick), place);
    const outcome = await call(operation, current.services, crashed);
    Object.assign(attempt, { outcome, endedAt: tick() });

    if (outcome.kind === 'crashed') {
      current.end();
      current = start();
    }
  };

  const takeStep = async (step: Step) => {
    const random = randomAt(seed, streams.step, step.id);
    await current.sleep(random.below(network.pauseMs));
    const record: StepRecord = { step, operation: operationOf(step, world), attempts: [] };
    records.push(record);

    do {
      await repeat(record);
      const patience = random.fraction();
      if (isOver(record) || patience < 0.25) return;
      await current.sleep(random.below(patience < 0.6 ? network.pauseMs : network.longPauseMs));
    } while (record.attempts.length < callsAtMost);
  };

  return {
    /** Calls once more for a step, with the same key. */
    repeat,
    /** Takes the steps one after the other, each as often as this client has the patience for, under the same key. */
    follow: async (steps: readonly Step[]) => {
      for (const step of steps) await takeStep(step);
    },
    end: () => {
      current.end();
    },
  };
}

/** Whether there is nothing to repeat: only what is unknown or failed is. */
function isOver(record: StepRecord): boolean {
  const last = record.attempts.at(-1)?.outcome?.kind;

  return stateOf(record) !== 'open' && last !== 'failed';
}

const repeatsAtMost = 3;

/**
 * Finds out by its key what became of everything that is unknown, and repeats what took several calls, which must be a replay. The
 * network is in order by now, and what was late has come.
 *
 * @param client - repeats the calls of all others.
 */
export async function comeToRest(client: Pick<Client, 'repeat'>, records: readonly StepRecord[]): Promise<Violation[]> {
  const violations: Violation[] = [];

  for (const record of records.filter(({ operation }) => operation.effect !== undefined)) {
    const { step, attempts } = record;
    for (let repeats = 0; stateOf(record) === 'open' && repeats < repeatsAtMost; repeats += 1) {
      await client.repeat(record);
    }
    if (stateOf(record) !== 'acknowledged' || attempts.length === 1) continue;
    await client.repeat(record);
    const outcome = attempts.at(-1)?.outcome;
    const isReplay = outcome?.kind === 'acknowledged' && outcome.acknowledgement?.replayed;
    if (!isReplay)
      violations.push({ rule: 'repeat is no replay', detail: `${step.kind} ${step.id}: ${outcome?.kind}` });
  }
  return violations;
}
