import { randomInt } from 'node:crypto';
import type { CallRecord } from '../faults/call-log.ts';
import { crashAfter, crashBefore } from '../faults/crash-faults.ts';
import { createFaultInjector, type FaultInjector } from '../faults/fault-injector.ts';
import { type Fault, type FaultPlan, firstOf, nthCall, passAll, type SdkRequestHandler } from '../faults/fault.ts';
import type { Seed } from '../faults/standard-faults.ts';
import { createExploration, type Exploration, type ExplorationRow } from './exploration.ts';

/** How a flow ended: by itself, well or badly, or with its process. */
export type FlowEnd<TResult> =
  | { readonly status: 'completed'; readonly result: TResult }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'crashed' };

/** One run of a flow, in a world of its own, under one fault. */
export interface FlowRun<TWorld, TResult> {
  readonly world: TWorld;
  /** The call that the fault befell; 0 in the run without one. */
  readonly call: number;
  readonly target: string;
  readonly fault: string;
  readonly flow: FlowEnd<TResult>;
}

/** A run after its recovery. */
export interface RecoveredRun<TWorld, TResult, TRecovered> extends FlowRun<TWorld, TResult> {
  /** What `recover` gave. */
  readonly recovered: TRecovered;
}

export interface ExploreOptions<TWorld, TResult, TRecovered> {
  /** Makes what one run happens in, e.g. fresh tables or a user nobody else has. */
  readonly world: () => TWorld | Promise<TWorld>;
  /** The code under test. `process` is the request handler of every client that it may use. */
  readonly flow: (process: FaultInjector, world: TWorld) => Promise<TResult>;
  /** What a new process does afterwards, e.g. the same request with the same key. */
  readonly recover: (process: FaultInjector, run: FlowRun<TWorld, TResult>) => Promise<TRecovered>;
  /** Throws when something is wrong. A string that it gives names the outcome in the table; `ok` otherwise. */
  readonly check: (run: RecoveredRun<TWorld, TResult, TRecovered>) => unknown;
  /** The faults injected into each call in turn. Default: the process dies before it, and after it. */
  readonly faults?: readonly Fault[];
  /** Which calls of the undisturbed flow are tried; asked in their order. Default: all of them. */
  readonly calls?: (call: CallRecord) => boolean;
  /** How a fault is injected into the n-th call. Default: `nthCall`, into that one alone. */
  readonly inject?: (n: number, fault: Fault) => FaultPlan;
  /** The faults injected in every run besides, the counting one too: a lost response, say, to reach the calls that follow it. */
  readonly plan?: FaultPlan;
  /** What carries the requests of a process out. Default: a `NodeHttpHandler`. */
  readonly inner?: () => SdkRequestHandler;
  /** Takes a world down after its run. */
  readonly close?: (world: TWorld) => unknown;
  readonly seed?: Seed;
  readonly log?: (line: string) => void;
  /** How long flow, recovery and check of a run may each take. Default 10,000. */
  readonly timeoutMs?: number;
}

type Settings<TWorld, TResult, TRecovered> = Required<
  Pick<ExploreOptions<TWorld, TResult, TRecovered>, 'seed' | 'timeoutMs' | 'plan' | 'inject'>
> &
  ExploreOptions<TWorld, TResult, TRecovered>;

interface Injection {
  readonly call: number;
  readonly target: string;
  readonly fault?: Fault;
}

/**
 * Tries a flow with every fault at every one of its network calls: systematically, one after another.
 *
 * The flow runs once without a fault to count its calls. Then, for every call and every fault that can be injected into it, it runs anew in
 * a fresh world; a new process recovers, requests that are still on their way or held back by the fault land, and the result is
 * checked. A process that dies stops there: its promise is left alone and its later calls never end. Nothing is left behind: no
 * timer, no connection, no held request.
 *
 * Never rejects for what it finds: see the rows, or `failures`.
 *
 * @throws Error when the flow makes no network call.
 * @example
 * const exploration = await explore({ world, flow, recover, check });
 * console.log(String(exploration));
 * expect(exploration.failures).toEqual([]);
 */
export async function explore<TWorld, TResult, TRecovered>(
  options: ExploreOptions<TWorld, TResult, TRecovered>,
): Promise<Exploration> {
  const { faults = [crashBefore(), crashAfter()], calls = () => true } = options;
  const settings = { seed: randomInt(2 ** 32), timeoutMs: 10_000, plan: passAll, inject: nthCall, ...options };
  settings.log?.(`Exploration: seed ${settings.seed}`);

  const undisturbed = await runOnce(settings, { call: 0, target: '' });
  if (undisturbed.calls.length === 0) throw new Error('The flow makes no network call.');

  const rows = [undisturbed.row];
  for (const { index: call, target, body } of undisturbed.calls.filter(calls)) {
    for (const fault of faults.filter((each) => each.appliesTo?.({ target, body }) ?? true)) {
      rows.push((await runOnce(settings, { call, target, fault })).row);
    }
  }
  return createExploration({ seed: settings.seed, calls: undisturbed.calls.length, rows });
}

async function runOnce<TWorld, TResult, TRecovered>(
  settings: Settings<TWorld, TResult, TRecovered>,
  injection: Injection,
): Promise<{ row: ExplorationRow; calls: readonly CallRecord[] }> {
  const { call, target, fault } = injection;
  const { seed, inner, plan, inject, close } = settings;
  const process = createFaultInjector({
    seed,
    ...(inner && { inner: inner() }),
    plan: fault ? firstOf(inject(call, fault), plan) : plan,
  });
  const recovery = createFaultInjector({ seed, ...(inner && { inner: inner() }) });
  const row = { call, target, fault: fault?.name ?? 'none' };
  const world = await settings.world();

  try {
    const outcome = await judge(settings, { injection, world, process, recovery });
    return { row: { ...row, outcome }, calls: process.calls };
  } catch (error) {
    return { row: { ...row, outcome: `BROKEN: ${messageOf(error)}`, error }, calls: process.calls };
  } finally {
    process.crash();
    recovery.crash();
    await fault?.release?.();
    process.destroy();
    recovery.destroy();
    await close?.(world);
  }
}

interface Scene<TWorld> {
  readonly injection: Injection;
  readonly world: TWorld;
  readonly process: FaultInjector;
  readonly recovery: FaultInjector;
}

async function judge<TWorld, TResult, TRecovered>(
  { flow, recover, check, timeoutMs }: Settings<TWorld, TResult, TRecovered>,
  { injection, world, process, recovery }: Scene<TWorld>,
): Promise<string> {
  const { call, target, fault } = injection;
  const within = <TValue>(what: string, work: Promise<TValue>) => withDeadline({ what, work, timeoutMs });

  const end = await within('The flow', endOf(flow(process, world), process));
  if (process.calls.length < call) throw new Error(`The flow made only ${process.calls.length} calls this time.`);

  const run = { world, call, target, fault: fault?.name ?? 'none', flow: end };
  const recovered = await within('The recovery', recover(recovery, run));
  await fault?.release?.();
  await within('A request on its way', process.settled());
  const outcome = await within('The check', Promise.resolve(check({ ...run, recovered })));
  return typeof outcome === 'string' ? outcome : 'ok';
}

function endOf<TResult>(flow: Promise<TResult>, process: FaultInjector): Promise<FlowEnd<TResult>> {
  return Promise.race([
    flow.then(
      (result) => ({ status: 'completed', result }) as const,
      (error: unknown) => ({ status: 'failed', error }) as const,
    ),
    process.crashed.then(() => ({ status: 'crashed' }) as const),
  ]);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

interface DeadlineOptions<TResult> {
  /** What is waited for, to be named when it does not come. */
  readonly what: string;
  readonly work: Promise<TResult>;
  readonly timeoutMs: number;
}

/** Waits for so long and no longer. Leaves no timer. */
async function withDeadline<TResult>({ what, work, timeoutMs }: DeadlineOptions<TResult>): Promise<TResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} did not end within ${timeoutMs} ms.`));
    }, timeoutMs);
  });

  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
