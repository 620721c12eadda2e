import type { Database } from '@cnop/database-core';
import { brokenLedger, checkEffects, comeToRest, countOf, stateOf, accountName, type Move } from '@cnop/simulation';
import { startClient, type ClientContext } from '../clients/bank-client.ts';
import type { BankRecord } from '../clients/bank-record.ts';
import { readSnapshot, sightingsOf } from '../clients/look.ts';
import { planPrice, planSteps } from '../clients/plan.ts';
import { createRoundWorld, type RoundWorld } from '../clients/round-world.ts';
import { startWatcher, type WatchReport } from '../clients/watcher.ts';
import { accountHistories } from '../history/account-histories.ts';
import type { Amounts } from '../history/amounts.ts';
import { checkHistories } from '../history/check-histories.ts';
import type { BankNetwork } from '../network/bank-network.ts';
import { readBankTables } from './bank-tables.ts';
import { setPrice } from './open-bank.ts';
import type { RoundResult } from './round-result.ts';
import { sumMoves } from './sum-moves.ts';

/** What a round starts from. */
export interface RoundOptions {
  readonly seed: number;
  readonly round: number;
  readonly clients: number;
  readonly accounts: number;
  readonly operations: number;
  /** The id of the first step; those of all others follow. */
  readonly firstId: number;
  readonly network: BankNetwork;
  /** What had been moved in all rounds before. */
  readonly earlier: readonly Move[];
}

/** What is known when the clients have left. */
interface Acts {
  readonly startedAt: number;
  readonly start: ReadonlyMap<string, Amounts>;
  readonly records: readonly BankRecord[];
  readonly replaced: number;
  readonly watched: WatchReport;
  readonly actingMs: number;
}

/** The client that clears up after the others; none of them has this number. */
const clearing = 10_000;

/** Lets all clients act at once, lets everything come to rest, and checks what is there against what they were told. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { seed, round, accounts, network } = options;
  const database = network.openDatabase();
  const world = createRoundWorld(accounts, planPrice(seed, round));
  const owners = Array.from({ length: accounts }, (_, account) => accountName(account));
  const records: BankRecord[] = [];
  const context: ClientContext = { seed, round, network, world, remember: (record) => void records.push(record) };

  const acts = await act({ options, context, database, owners, records });
  return await rest({ options, context, database, owners, records }, acts);
}

interface Scene {
  readonly options: RoundOptions;
  readonly context: ClientContext;
  readonly database: Database;
  readonly owners: readonly string[];
  readonly records: readonly BankRecord[];
}

async function act({ options, context, database, owners, records }: Scene): Promise<Acts> {
  const { world, network } = context;
  const startedAt = Date.now();
  await setPrice(database, world.priceMinor);
  const start = new Map((await readSnapshot(database, owners)).map((snapshot) => [snapshot.owner, snapshot]));

  const began = performance.now();
  const watcher = startWatcher(database, owners, world);
  const crews = plansOf(options).map((steps, client) => ({ steps, client: startClient(context, client) }));
  await Promise.all(crews.map(({ client, steps }) => client.follow(steps))).finally(() => watcher.stop());
  await network.settled();
  network.heal();

  return {
    startedAt,
    start,
    records,
    replaced: crews.reduce((sum, { client }) => sum + client.processes() - 1, 0),
    watched: await watcher.stop(),
    actingMs: performance.now() - began,
  };
}

function plansOf({ seed, round, clients, accounts, operations, firstId }: RoundOptions) {
  const share = Math.floor(operations / clients);
  const more = operations % clients;

  return Array.from({ length: clients }, (_, client) => {
    const from = firstId + client * share + Math.min(client, more);
    return planSteps({ seed, round, client, accounts, steps: share + (client < more ? 1 : 0), firstId: from });
  });
}

async function rest({ options, context, database, owners, records }: Scene, acts: Acts): Promise<RoundResult> {
  const { world, network } = context;
  const inDoubt = records.filter((record) => stateOf(record) === 'open').length;
  const outcomes = countOf(records.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome?.kind ?? 'broken')));
  const unresolved = await comeToRest(startClient(context, clearing), records);
  await network.settled();

  await lookOnceMore(database, owners, world);
  const tables = await readBankTables(database, owners, acts.startedAt);
  const { violations, effects, lateEffects } = checkEffects(records, tables, options.earlier);
  const histories = checkHistories(accountHistories(records, world.sightings), acts.start);
  const began = performance.now();
  const broken = await brokenLedger(database);

  return {
    operations: records.length,
    outcomes,
    inDoubt,
    replaced: acts.replaced,
    committed: effects.length,
    moves: sumMoves(effects.flatMap(({ moves }) => moves)),
    balances: tables.balances.map(({ owner, code, availableMinor }) => ({
      owner,
      code,
      amountMinor: availableMinor,
    })),
    lateEffects: countOf(lateEffects),
    snapshots: acts.watched.snapshots,
    histories,
    violations: [...acts.watched.violations, ...unresolved, ...violations, ...histories.violations, ...broken],
    actingMs: acts.actingMs,
    ledgerMs: performance.now() - began,
  };
}

/** What is in the accounts at the end belongs to their histories too. */
async function lookOnceMore(database: Database, owners: readonly string[], { tick, sightings }: RoundWorld) {
  const invokedAt = tick();
  const snapshots = await readSnapshot(database, owners);

  sightings.push(...sightingsOf(snapshots, { invokedAt, returnedAt: tick() }));
}
