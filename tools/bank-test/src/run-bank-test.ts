import type { PlantedBug } from './network/bank-network.ts';
import type { BankReport } from './report/bank-report.ts';
import { sumRounds } from './report/sum-rounds.ts';
import { openBankStore } from './rounds/bank-store.ts';
import { planBooks } from './rounds/plan-books.ts';
import type { RoundResult } from './rounds/round-result.ts';
import { runBook, type BookResult } from './rounds/run-book.ts';

/** What a run takes. */
export interface BankTestOptions {
  readonly seed: number;
  readonly operations: number;
  readonly clients: number;
  /** How many of all calls go wrong, from 0 to 1. */
  readonly faultRate: number;
  /** Names the DynamoDB, as `startDynamoDb` reads it. */
  readonly env: NodeJS.ProcessEnv;
  readonly bug?: PlantedBug;
  /** Receives a line for each round. */
  readonly progress?: (line: string) => void;
}

const accounts = 4;

/** Lets many clients use a few accounts, round after round on a DynamoDB that is restarted in between, and checks what came of it. */
export async function runBankTest(options: BankTestOptions): Promise<BankReport> {
  const { seed, clients, operations, env, progress = () => undefined } = options;
  const began = performance.now();
  const store = await openBankStore(env);
  const books: BookResult[] = [];

  try {
    progress(`bank test with seed ${seed} on ${store.description}`);
    const planned = planBooks(operations);
    const of = planned.flat().length;
    let round = 0;
    const onRound = (result: RoundResult) => {
      round += 1;
      progress(`round ${round} of ${of}: ${progressOf(result)}`);
    };
    for (const book of planned) books.push(await runBook({ ...options, accounts, onRound }, store, book));

    const totalMs = performance.now() - began;
    return sumRounds(books, { seed, backend: store.description, clients, accounts, totalMs });
  } finally {
    await store.remove();
  }
}

const progressOf = ({ operations, actingMs, ledgerMs, violations, histories }: RoundResult): string =>
  [
    `${operations} operations, ${Math.round((1_000 * operations) / actingMs)} per second`,
    `histories checked in ${Math.round(histories.durationMs)} ms (${histories.steps} states)`,
    `ledger in ${Math.round(ledgerMs)} ms`,
    `${violations.length} broken invariants`,
  ].join('; ');
