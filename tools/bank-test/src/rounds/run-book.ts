import { deleteTables } from '@cnop/database-core';
import { accountName, type Move } from '@cnop/simulation';
import { isolatedTables } from '@cnop/testing';
import { openNetwork, type PlantedBug } from '../network/bank-network.ts';
import type { CallCounts } from '../network/counted-plan.ts';
import type { BankStore } from './bank-store.ts';
import { bankShapes, openBank } from './open-bank.ts';
import type { RoundResult } from './round-result.ts';
import { runRound } from './run-round.ts';
import { sumMoves } from './sum-moves.ts';

/** What every book of a run has in common. */
export interface BookOptions {
  readonly seed: number;
  readonly clients: number;
  readonly accounts: number;
  /** How many of all calls go wrong, from 0 to 1. */
  readonly faultRate: number;
  readonly bug?: PlantedBug | undefined;
  /** Hears of each round when it is over. */
  readonly onRound: (result: RoundResult) => void;
}

/** What is to happen in a round. */
export interface PlannedRound {
  /** The number of the round in the run. */
  readonly round: number;
  readonly operations: number;
  readonly firstId: number;
}

/** What became of a book. */
export interface BookResult {
  readonly rounds: readonly RoundResult[];
  readonly counts: readonly CallCounts[];
}

/** Opens tables of its own, runs rounds on them with a restart of the database before each, and deletes the tables. */
export async function runBook(
  { onRound, ...options }: BookOptions,
  store: BankStore,
  planned: readonly PlannedRound[],
): Promise<BookResult> {
  const { accounts } = options;
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory'], 'bank');
  const rounds: RoundResult[] = [];
  const counts: CallCounts[] = [];
  let earlier: Move[] = [];

  for (const [at, plan] of planned.entries()) {
    const network = openNetwork({ ...options, tables, dynamoDb: await store.restart() });
    const database = network.openDatabase();

    try {
      if (at === 0)
        await openBank(
          database,
          Array.from({ length: accounts }, (_, account) => accountName(account)),
        );
      const result = await runRound({ ...options, ...plan, network, earlier });
      onRound(result);
      rounds.push(result);
      counts.push(network.counts);
      earlier = sumMoves([...earlier, ...result.moves]);
      if (at === planned.length - 1) await deleteTables(database, bankShapes);
    } finally {
      network.close();
    }
  }
  return { rounds, counts };
}
