import { explore, type FlowRun, type SdkRequestHandler, type Seed } from '@cnop/testing';
import { firstWritePlan, injectionOf, isCertain, isLate, modesOf, type FaultMode } from './fault-modes.ts';
import type { Host } from './host.ts';
import { judge, type Recovery, type Surroundings } from './judge.ts';
import type { MatrixRow } from './row.ts';
import type { Services } from './services.ts';
import { toldByError, toldByResult, type Told } from './told.ts';
import { createWorld, inWorld, type World } from './world.ts';

/** What all explorations share. */
export interface MatrixContext {
  readonly host: Host;
  readonly seed: Seed;
  /** The number of the next world; no two are the same. */
  readonly nextWorld: () => number;
  /** Lets a planted bug change what a process works with. */
  readonly alter: (services: Services) => Services;
  /** Lets a planted bug change what a process sends. */
  readonly tamper: (connection: SdkRequestHandler) => SdkRequestHandler;
}

/** One run of a row: one fault at one call, in one mode. */
export interface MatrixRun {
  /** The name of the row. */
  readonly row: string;
  readonly mode: string;
  /** The call that the fault was injected into; 0 in a run without one. */
  readonly call: number;
  /** The operation of that call. */
  readonly target: string;
  readonly fault: string;
  readonly outcome: string;
  /** Everything that is wrong with it. */
  readonly problems: readonly string[];
  /** Whose world it was. */
  readonly username: string;
}

interface Stage {
  readonly world: World;
  /** Lets the first request land, if it is held back. */
  readonly land: () => Promise<void>;
}

/** Tries a row in all its modes, or in those of these names. */
export async function exploreRow(
  context: MatrixContext,
  row: MatrixRow,
  modes?: readonly string[],
): Promise<MatrixRun[]> {
  const runs: MatrixRun[] = [];
  const run = { row: row.name, mode: 'none', call: 0, target: '', fault: 'none', outcome: 'broken', username: '' };

  try {
    const surroundings = await surroundingsOf(context, row);
    for (const mode of modesOf(row).filter(({ name }) => modes?.includes(name) ?? true)) {
      runs.push(...(await exploreMode(context, { row, ...surroundings }, mode)));
    }
    return runs;
  } catch (error) {
    return [...runs, { ...run, problems: [`The row cannot be tried: ${(error as Error).message}`] }];
  }
}

/** Reads the surroundings of a row's call in a world in which the call is never made. */
async function surroundingsOf(context: MatrixContext, row: MatrixRow): Promise<Surroundings> {
  const world = await prepare(context, row);
  const before = await factsOf(row, world);
  await row.meanwhile?.(world);

  return { before, without: await factsOf(row, world) };
}

/** Every fault at every call, each in a world of its own, then the call again as a new process makes it. */
async function exploreMode(
  context: MatrixContext,
  { row, ...surroundings }: Surroundings & { readonly row: MatrixRow },
  mode: FaultMode,
): Promise<MatrixRun[]> {
  const { host, seed, alter, tamper } = context;
  const stages: Stage[] = [];
  let land: Stage['land'] = () => Promise.resolve();

  const { rows } = await explore<Stage, object, Recovery>({
    seed,
    timeoutMs: 60_000,
    inner: () => tamper(host.connection),
    plan: firstWritePlan(mode, (late) => {
      land = () => late.release();
    }),
    inject: injectionOf,
    faults: mode.faults(),
    calls: mode.calls(),
    world: async () => {
      const stage = { world: await prepare(context, row), land };
      stages.push(stage);
      return stage;
    },
    flow: (process, { world }) => row.call(inWorld(alter(host.open(process, mode.maxAttempts)), world)),
    // The process that recovers has never seen the request; that it lives on from run to run saves much time.
    recover: (_, run) => recover(row, run, alter(host.services)),
    check: async ({ world: { world }, fault, recovered }) => {
      const trial = { row, ...surroundings, ...recovered, isCertain: isCertain(mode, fault) };
      const { outcome, problems } = judge({ ...trial, factsNow: await factsOf(row, world) });
      if (problems.length > 0) throw new Error(`${outcome}: ${problems.join('\n')}`);
      return outcome;
    },
  });

  return rows.map(({ error, ...run }, index) => ({
    ...run,
    row: row.name,
    mode: mode.name,
    problems: error === undefined ? [] : [(error as Error).message],
    username: stages[index]?.world.username ?? '',
  }));
}

/** A world of its own with what exists before the row's call. */
async function prepare({ host, nextWorld }: MatrixContext, { before }: MatrixRow): Promise<World> {
  const world = createWorld(host.services, host.database, nextWorld());
  const given = await before?.(world);

  return typeof given === 'string' ? inWorld(world, { ...world, given }) : world;
}

const factsOf = async ({ reads }: MatrixRow, world: World) =>
  (await Promise.all(reads.map((read) => read(world)))).flat();

/** Reads what is stored when the call is over, lets others act and the first request land, and repeats the call. */
async function recover(
  row: MatrixRow,
  { world: { world, land }, flow, fault }: FlowRun<Stage, object>,
  services: Services,
): Promise<Recovery> {
  const told = toldByEnd(flow, row);
  const factsThen = await factsOf(row, world);
  const repeat = () => retry(row, { told, isUnderway: isLate(fault) }, inWorld(services, world));
  if (!row.meanwhile) return { told, factsThen, retold: await repeat() };

  await row.meanwhile(world);
  await land();
  return { told, factsThen, factsLanded: await factsOf(row, world), retold: await repeat() };
}

function toldByEnd(flow: FlowRun<Stage, object>['flow'], row: MatrixRow): Told {
  const told = toldByFlow(flow, row);

  return row.isWork && tellsNothing.has(told.kind) ? { kind: 'untold' } : told;
}

/** The ends of a call that are no news of what it has done, where it is work. */
const tellsNothing: ReadonlySet<Told['kind']> = new Set(['answered', 'failed', 'unknown'] as const);

function toldByFlow(flow: FlowRun<Stage, object>['flow'], row: MatrixRow): Told {
  if (flow.status === 'completed') return toldByResult(flow.result, row);

  return flow.status === 'failed' ? toldByError(flow.error) : { kind: 'crashed' };
}

/**
 * Does what the documentation says of a call that is over: with a key the same again, without one a look first. The call is not
 * repeated where that would be a second deposit or order. `undefined`: the caller knows all there is to know.
 *
 * @param over - what the caller was told, and whether a request of the call may still be under way.
 */
export async function retry(
  row: Pick<MatrixRow, 'identity' | 'effect' | 'call' | 'look'>,
  { told, isUnderway }: { readonly told: Told; readonly isUnderway: boolean },
  world: World,
): Promise<Told | undefined> {
  const { identity, call, look } = row;
  if (identity === 'none' && told.kind === 'refused') return undefined;

  try {
    if (look) {
      const found = await look(inWorld(world, { ...world, knownId: knownIdOf(told) }));
      if (found) return toldByResult({ ...found, replayed: true }, row);
      if (identity === 'none' && told.kind === 'answered')
        return { kind: 'wrong', error: new Error('It is not found.') };
      if (identity === 'none' && isUnderway) return { kind: 'open' };
    }
    return toldByResult(await call(world), row);
  } catch (error) {
    return toldByError(error);
  }
}

/** The id that the caller was told. */
const knownIdOf = (told: Told): string | undefined =>
  told.kind === 'answered' ? told.fact.id : told.kind === 'unknown' ? told.knownId : undefined;
