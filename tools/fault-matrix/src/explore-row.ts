import { explore, type FaultInjector } from '@cnop/testing';
import { befalling, isCertain, planOf, type Circumstance } from './circumstance.ts';
import { watchCalls } from './methods/watch-calls.ts';
import { readFacts } from './facts/read-facts.ts';
import { judge, type Trial } from './judge.ts';
import type { MatrixContext } from './matrix-context.ts';
import type { MatrixRun } from './matrix-run.ts';
import { recover, type Recovery, type Stage } from './recover.ts';
import type { Answer, MatrixRow } from './row.ts';
import { openServices } from './services.ts';
import type { Surroundings } from './surroundings.ts';
import { createWorld } from './world.ts';
import { worldNames } from './world-names.ts';

/** A row with what is around its call. */
export interface Subject {
  readonly row: MatrixRow;
  readonly surroundings: Surroundings;
}

const timeoutMs = 60_000;

/** Tries a row under some circumstances: every fault at every call, each in a world of its own. */
export async function exploreRow(
  { host, seed, nextWorld, alter, tamper }: MatrixContext,
  { row, surroundings }: Subject,
  circumstance: Circumstance,
): Promise<MatrixRun[]> {
  const { maxAttempts, forgetsTokens } = circumstance;
  const stages: Stage[] = [];
  const called = new Set<string>();
  let land: Stage['land'] = () => Promise.resolve();
  const open = (process: FaultInjector) => alter(openServices(host.open(process, maxAttempts)));

  const { rows } = await explore<Stage, Answer, Recovery>({
    seed,
    timeoutMs,
    inner: () => tamper(host.connection({ forgetsTokens })),
    plan: planOf(circumstance, (late) => {
      land = () => late.release();
    }),
    inject: befalling(circumstance),
    faults: circumstance.faults(),
    calls: circumstance.calls(),
    world: async () => {
      const world = createWorld(host, worldNames(nextWorld()));
      const stage = { world, scene: await row.prepare(world), land };
      stages.push(stage);
      return stage;
    },
    flow: (process, { scene }) => scene.call(watchCalls(open(process), (method) => called.add(method))),
    // The process that recovers has never seen the request; that it lives on from run to run spares much time.
    recover: (_, run) => recover(row, run, alter(host.services)),
    check: async ({ world: { world }, fault, recovered }) => {
      const factsNow = await readFacts(host.database, world, row.looksAt);
      return verdictOf({ row, ...surroundings, ...recovered, isCertain: isCertain(circumstance, fault), factsNow });
    },
  });

  const misses = called.has(row.method) ? [] : [`The row never calls ${row.method}.`];
  return rows.map(({ error, ...run }, index) => ({
    ...run,
    row: row.name,
    circumstance: circumstance.name,
    problems: [...(error === undefined ? [] : [messageOf(error)]), ...(run.call === 0 ? misses : [])],
    username: stages[index]?.world.username ?? '',
  }));
}

function verdictOf(trial: Trial): string {
  const { outcome, problems } = judge(trial);
  if (problems.length > 0) throw new Error(`${outcome}: ${problems.join('\n')}`);

  return outcome;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
