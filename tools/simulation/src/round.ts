import { getTriggerStateDao } from '@cnop/dao-order';
import { openNetwork, type PlantedBug } from './backend/network.ts';
import type { Backend } from './backend/backend.ts';
import type { Services } from './backend/services.ts';
import { stateOf, type StepRecord } from './client/attempt.ts';
import { comeToRest, startClient, type ClientContext } from './client/client.ts';
import { checkHistories } from './judge/account-histories.ts';
import { checkEffects } from './judge/check-effects.ts';
import { unclaimedEffects, wrongOrders } from './judge/unclaimed-effects.ts';
import { brokenLedger, readTables } from './judge/resting-tables.ts';
import type { Violation } from './judge/violation.ts';
import { countOf } from './counts.ts';
import type { Summary } from './report.ts';
import { addAmounts, market, negated, noAmounts, type Amounts } from './workload/market.ts';
import type { Plan } from './workload/plan.ts';
import { priceNow } from './workload/read-operations.ts';
import { work } from './workload/waiting-operations.ts';
import { userNamed } from './workload/money-operations.ts';

export interface RoundOptions extends Plan {
  /** The price of the asset at first, in minor units. */
  readonly priceMinor: bigint;
  /** The codes with which any operation may be refused, such as that its user is not there yet. */
  readonly refusals: readonly string[];
  readonly bug?: PlantedBug | undefined;
  /** What was available, by owner, when the database was last seen; by default what it has now. */
  readonly start?: ReadonlyMap<string, Amounts> | undefined;
}

export interface RoundResult {
  readonly violations: readonly Violation[];
  readonly summary: Partial<Summary>;
  /** What is available at the end, by owner. */
  readonly balances: ReadonlyMap<string, Amounts>;
}

/** The client that clears up after the others, and the worker after it: none of them has these numbers. */
const clearing = 10_000;

/** Lets all clients act at once, lets everything come to rest, and checks what is there against what they were told. */
export async function runRound(backend: Backend, options: RoundOptions): Promise<RoundResult> {
  const { seed, clients, accounts, faults, bug, priceMinor, refusals } = options;
  const network = openNetwork(backend, faults, bug);
  const records: StepRecord[] = [];
  const times: number[] = [];
  const tick = () => times.push(backend.clock.now().getTime());
  const before = (at: string) => times.findLastIndex((time) => time < Date.parse(at)) + 1;
  const world = { accounts, prices: [priceMinor], pendingDeposits: [], orders: [] };
  const context: ClientContext = { seed, network, world, tick, records };
  const alone = <TResult>(work: (services: Services) => Promise<TResult>) => backend.complete(network.use(work));

  const present = await alone(async ({ assets, database }) => {
    await assets.setPrice(priceNow(priceMinor, backend.clock.now()));
    return await readTables(database);
  });
  const { start = present.balances } = options;
  const began = backend.clock.now().getTime();
  const crew = clients.map((steps, client) => ({ steps, client: startClient(context, client) }));
  await backend.complete(Promise.all(crew.map(({ steps, client }) => client.follow(steps).finally(client.end))));
  const elapsedMs = backend.clock.now().getTime() - began;

  network.heal();
  const inDoubt = records.filter((record) => stateOf(record) === 'open').length;
  const outcomes = countOf(records.flatMap(({ attempts }) => attempts.map(({ outcome }) => String(outcome?.kind))));
  const clearer = startClient(context, clearing);
  const unresolved = await backend.complete(comeToRest(clearer, records).finally(clearer.end));
  // By then the indexes show everything.
  await backend.complete(backend.sleep(network.longPauseMs));
  const worker = startClient(context, clearing + 1);
  const lastWork: StepRecord = { step: { id: 0, kind: 'work' }, operation: work(), attempts: [] };
  await backend.complete(worker.repeat(lastWork).finally(worker.end));
  if (stateOf(lastWork) !== 'acknowledged') unresolved.push({ rule: 'outcome stays unknown', detail: 'work at rest' });

  const tables = await alone(({ database }) => readTables(database));
  const asked = records.length;
  const known = new Set(present.entries.map(({ transactionId }) => transactionId));
  records.push(...unclaimedEffects(records, tables, { before: known, timeline: { before, tick } }));
  records.push(rest(tables.balances, tick));
  const { effects, lateEffects, violations } = checkEffects(records, tables, start);
  const { violations: wrongHistories, ...histories } = checkHistories(records, { tables, start, refusals });
  const broken = await alone(({ database }) => brokenLedger(database, { judgeTriggers: true }));
  const { conflicts } = backend;

  return {
    balances: tables.balances,
    violations: [
      ...backend.violations,
      ...unresolved,
      ...violations,
      ...wrongHistories,
      ...wrongOrders(tables),
      ...broken,
    ],
    summary: {
      operations: asked,
      ...network.counts,
      outcomes,
      conflicts: conflicts(),
      inDoubt,
      snapshots: records.filter(({ step }) => step.kind === 'snapshot').length,
      committed: effects.length,
      lateEffects: countOf(lateEffects),
      // What one owner transfers to another stays in the accounts.
      moved: totalOf(effects.map(({ change, receiver }) => (receiver === undefined ? change : noAmounts))),
      found: totalOf([...tables.balances.values(), ...[...start.values()].map(negated)]),
      histories,
      elapsedMs,
      orders: countOf(
        tables.orders.map(({ orderType, status, failureCode = '' }) => `${orderType} ${status} ${failureCode}`.trim()),
      ),
    },
  };
}

/** Makes what a market takes: the asset, and users where no plan registers them. */
export async function openMarket({ assets, users, database }: Services, owners: readonly string[] = []): Promise<void> {
  const { assetId, decimals, priceScale, currency } = market;

  await assets.createAsset({ assetId, name: 'Gold', category: 'COMMODITY', currency, decimals, priceScale });
  // Nothing expires before: without it, each sweep looks through the last days.
  await getTriggerStateDao(database).saveExpiryHour(
    database.clock.now().toISOString().slice(0, 'yyyy-mm-ddThh'.length),
  );
  for (const owner of owners) await users.createUser(userNamed(owner));
}

/** What is in the accounts at the end belongs to their histories too. */
function rest(balances: ReadonlyMap<string, Amounts>, tick: () => number): StepRecord {
  const reading = { seen: [...balances].map(([owner, amounts]) => ({ owner, amounts })) };

  return {
    step: { id: 0, kind: 'at rest' },
    operation: { call: () => Promise.resolve(reading) },
    attempts: [{ outcome: { kind: 'acknowledged', reading }, calledAt: tick(), sentAt: 0, endedAt: tick() }],
  };
}

function totalOf(all: readonly Amounts[]) {
  const { cash, asset } = all.reduce(addAmounts, noAmounts);

  return { cash: Number(cash), asset: Number(asset) };
}
