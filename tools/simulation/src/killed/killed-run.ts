import { createDatabase, ensureTables } from '@cnop/database-core';
import { isolatedTables, startDynamoDb, type RunningDynamoDb } from '@cnop/testing';
import { createManualClock, sleep } from '@cnop/utils';
import { openServices, tableShapes } from '../backend/services.ts';
import { brokenLedger } from '../judge/resting-tables.ts';
import type { Violation } from '../judge/violation.ts';
import { randomAt } from '../random-source.ts';
import { emptyReport, joinReports, type Report, type Summary } from '../report.ts';
import { ownersOf } from '../workload/market.ts';
import { startCrew, type CrewOptions } from './crew.ts';
import { countsOf, endOf, happen, openMarket, type Market, type MarketEnd } from './play-market.ts';
import { openingTime, scheduleOf, type MarketEvent, type ScheduleSize } from './schedule.ts';

export interface KilledRunOptions {
  readonly seed: number;
  readonly ticks: number;
  readonly orders: number;
  /** How many workers there are at once: one run for each of these. */
  readonly crews: readonly number[];
  /** Names the DynamoDB, as `startDynamoDb` reads it. */
  readonly env: NodeJS.ProcessEnv;
  /** The program of a worker. */
  readonly program?: URL;
  readonly progress?: (line: string) => void;
}

const assetIds = ['GOLD', 'SILVER', 'COPPER'];
/** An owner may have 500 open orders that hold one code. */
const ordersOfAnOwner = 100;
/** How many events there are for each worker that is killed. */
const eventsOfADeath = 60;
const tellEvery = 1_000;
/** How many events go by from one sweep of expiries to the next. */
const expiriesEvery = 20;
/** After this long every order has expired that has an expiry of its own. */
const settledAfterMs = 24 * 3_600_000;

const workerProgram = new URL('worker-main.ts', import.meta.url);

/**
 * Plays the market of a seed with workers that are killed, and compares its end with that under an engine that nothing disturbs. All
 * runs go on at once: they have one DynamoDB, and tables of their own.
 */
export async function runKilled(options: KilledRunOptions): Promise<Report> {
  const { seed, ticks, orders, crews, program = workerProgram, env, progress = () => undefined } = options;
  const size = { ticks, orders, assetIds, owners: ownersOf(Math.ceil(orders / ordersOfAnOwner)) };
  const schedule = scheduleOf(seed, size);
  const dynamoDb = await startDynamoDb({ env });

  const run = async (workers: number, expected: Promise<MarketEnd>): Promise<Report> => {
    const name = `${workers} at once`;
    const { violations, summary } = await on(dynamoDb, size, (market, connection) => {
      const crew = { size: workers, program, connection, clock: market.clock, random: randomAt(seed, workers) };
      const tell = (done: number, deaths: number) => {
        if (done % tellEvery === 0) progress(`${name}: ${done} of ${schedule.length} events, ${deaths} killed`);
      };
      return playKilled(market, { schedule, expected, crew, tell });
    });
    progress(`${name}: ${summary.deaths} killed; ${violations.length} broken invariants`);
    return { runs: 1, summary, broken: violations.length === 0 ? [] : [{ name, violations }] };
  };

  try {
    progress(`seed ${seed} on ${dynamoDb.backend} (${dynamoDb.description})`);
    const expected = on(dynamoDb, size, (market) => playUndisturbed(market, schedule));
    const [, ...reports] = await Promise.all([expected, ...crews.map((workers) => run(workers, expected))]);
    return reports.reduce(joinReports, emptyReport);
  } finally {
    await dynamoDb.stop();
  }
}

/** Works on a market with tables of its own. */
async function on<TResult>(
  { region, endpoint, credentials }: RunningDynamoDb,
  size: ScheduleSize,
  work: (market: Market, connection: CrewOptions['connection']) => Promise<TResult>,
): Promise<TResult> {
  const tables = isolatedTables(
    tableShapes.map(({ name }) => name),
    'killed',
  );
  const clock = createManualClock(openingTime);
  const connection = { region, endpoint, credentials, tables };
  const database = createDatabase({ ...connection, clock });
  const market = { clock, services: openServices(database) };

  try {
    await ensureTables(database, tableShapes);
    await openMarket(size, market);
    return await work(market, connection);
  } finally {
    database.close();
  }
}

/** One engine that works after every tick. */
async function playUndisturbed(market: Market, schedule: readonly MarketEvent[]): Promise<MarketEnd> {
  const { engine } = market.services;
  const placed: string[] = [];
  const told: string[] = [];

  for (const [index, event] of schedule.entries()) {
    told.push(await happen(event, placed, market));
    if (event.do === 'tick') await engine.workTicks(event.assetId);
    if (index % expiriesEvery === 0) await engine.sweepExpiries();
  }
  market.clock.advance(settledAfterMs);
  await engine.sweepExpiries({ everything: true });

  return await endOf(market, told);
}

/** What becomes of a market whose workers are killed. */
interface KilledMarket {
  readonly summary: Partial<Summary>;
  readonly violations: readonly Violation[];
}

interface Storm {
  readonly schedule: readonly MarketEvent[];
  readonly expected: Promise<MarketEnd>;
  readonly crew: CrewOptions;
  readonly tell: (events: number, deaths: number) => void;
}

/** Workers do all the work. Once the market is over none is killed any more, and they have the time that they need. */
async function playKilled(market: Market, { schedule, expected, crew: options, tell }: Storm): Promise<KilledMarket> {
  const placed: string[] = [];
  const told: string[] = [];
  const crew = startCrew(options);

  try {
    for (const [index, event] of schedule.entries()) {
      told.push(await happen(event, placed, market));
      crew.tellTime();
      await crew.died(Math.floor(index / eventsOfADeath));
      tell(index + 1, crew.deaths());
    }
    const deaths = crew.deaths();
    crew.spare();
    market.clock.advance(settledAfterMs);
    crew.tellTime();
    const look = () => {
      market.clock.advance(lookEveryMs);
      crew.tellTime();
      return endOf(market, told);
    };
    const wanted = await expected;
    const end = await atRest(look, wanted);
    const broken = await brokenLedger(market.services.database, { judgeTriggers: true });
    return {
      summary: { operations: schedule.length, deaths, ...(await countsOf(market, told)) },
      violations: [...crew.violations, ...differences(wanted, end), ...broken],
    };
  } finally {
    await crew.end();
  }
}

const lookEveryMs = 500;
/** After this many looks in a row that show the same, nothing more will come. */
const looksAtMost = 20;

/** The end as it is once it is the expected one, or does not change any more. */
async function atRest(look: () => Promise<MarketEnd>, expected: MarketEnd): Promise<MarketEnd> {
  let end = await look();

  for (let same = 0; same < looksAtMost && differences(expected, end).length > 0; same += 1) {
    await sleep(lookEveryMs);
    const next = await look();
    if (differences(end, next).length > 0) same = 0;
    end = next;
  }
  return end;
}

const differences = (expected: MarketEnd, found: MarketEnd): Violation[] =>
  [...new Set([...expected.keys(), ...found.keys()])]
    .filter((name) => expected.get(name) !== found.get(name))
    .map((name) => ({
      rule: 'end differs',
      detail: `${name}: ${found.get(name)} instead of ${expected.get(name)}`,
    }));
