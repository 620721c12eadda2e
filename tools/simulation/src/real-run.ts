import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteTables, ensureTables } from '@cnop/database-core';
import { isolatedTables, startDynamoDb, type RunningDynamoDb } from '@cnop/testing';
import { faultNames } from './backend/faults.ts';
import { openNetwork, type PlantedBug } from './backend/network.ts';
import { openRealBackend } from './backend/real-backend.ts';
import { tableShapes } from './backend/services.ts';
import { randomAt } from './random-source.ts';
import { emptyReport, joinReports, type Report } from './report.ts';
import { openMarket, runRound, type RoundResult } from './round.ts';
import { ownersOf } from './workload/market.ts';
import { planSteps } from './workload/plan.ts';

export interface RealRunOptions {
  readonly seed: number;
  readonly operations: number;
  readonly clients: number;
  readonly faultRate: number;
  /** Names the DynamoDB, as `startDynamoDb` reads it. */
  readonly env: NodeJS.ProcessEnv;
  readonly bug?: PlantedBug | undefined;
  readonly progress?: (line: string) => void;
}

const accounts = 4;
/** The emulator slows as the tokens of transactions pile up, the check of the ledger as the tables grow. */
const operationsOfARound = 1_000;

/**
 * Lets many clients use a few accounts, round after round, and checks what came of it. Every two rounds have data of their own, and the
 * DynamoDB is started again on it for the second one: nothing of the first may be lost.
 */
export async function runReal(options: RealRunOptions): Promise<Report> {
  const { seed, operations, env, progress = () => undefined } = options;
  const rounds = 2 * Math.max(1, Math.ceil(operations / (2 * operationsOfARound)));
  const start = (round: number) => Math.floor((operations * round) / rounds);
  let report = emptyReport;

  for (let first = 0; first < rounds; first += 2) {
    const tables = isolatedTables(
      tableShapes.map(({ name }) => name),
      'simulation',
    );
    const dataDir = await mkdtemp(join(await dataRoot(), 'simulation-'));
    let before: RoundResult['balances'] | undefined;

    try {
      for (const round of [first, first + 1]) {
        const dynamoDb = await startDynamoDb({ env, dataDir });
        if (round === 0) progress(`seed ${seed} on ${dynamoDb.backend} (${dynamoDb.description})`);
        const planned = { operations: start(round + 1) - start(round), firstId: start(round) + 1 };
        const result = await runOn(dynamoDb, { ...options, ...planned, tables, before }).finally(() => dynamoDb.stop());
        const { summary, violations, balances } = result;
        before = balances;
        const name = `round ${round + 1}`;
        report = joinReports(report, {
          runs: 1,
          summary,
          broken: violations.length === 0 ? [] : [{ name, violations }],
        });
        const rate = Math.round((1_000 * planned.operations) / Math.max(1, summary.elapsedMs ?? 0));
        progress(`${name} of ${rounds}: ${rate} operations per second; ${violations.length} broken invariants`);
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  return report;
}

/** In memory, where Linux has room for it: the data outlives the database and need not outlive the machine. */
async function dataRoot(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined);

  return memory && memory.bavail * memory.bsize > 2 ** 29 ? '/dev/shm' : tmpdir();
}

interface RoundPlace extends RealRunOptions {
  readonly firstId: number;
  readonly tables: Readonly<Record<string, string>>;
  /** What the first round left in the accounts; absent for the first round, which makes the tables. */
  readonly before: RoundResult['balances'] | undefined;
}

async function runOn(dynamoDb: RunningDynamoDb, place: RoundPlace): Promise<RoundResult> {
  const { clients, operations, firstId, faultRate, bug, tables, before } = place;
  const seed = place.seed + firstId;
  const backend = openRealBackend(dynamoDb, tables);
  const outside = openNetwork(backend, { rate: 0, names: [] });

  try {
    if (!before) {
      await outside.use(async (services) => {
        await ensureTables(services.database, tableShapes);
        await openMarket(services, ownersOf(accounts));
      });
    }
    const result = await runRound(backend, {
      seed,
      accounts,
      faults: { rate: faultRate, names: faultNames },
      clients: planSteps(seed, { clients, accounts, operations, firstId }),
      priceMinor: BigInt(100 + randomAt(seed).below(300)),
      refusals: [],
      bug,
      start: before,
    });
    if (before) await outside.use(({ database }) => deleteTables(database, tableShapes));
    return result;
  } finally {
    backend.close();
  }
}
