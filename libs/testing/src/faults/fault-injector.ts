import { randomInt } from 'node:crypto';
import { type Clock, type Sleep, sleep as sleepByTimer, systemClock } from '@cnop/utils';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bodyOf, isSuccess, readAnswer, targetOf, withBody } from './answers.ts';
import { type CallRecord, createCallLog, type OpenRecord } from './call-log.ts';
import { createCrashSwitch, never } from './crash-faults.ts';
import { abortable } from './delays.ts';
import {
  type Fault,
  type FaultPlan,
  type FaultyCall,
  pass,
  passAll,
  type SdkRequest,
  type SdkRequestHandler,
  type SdkResponse,
  type HttpAnswer,
} from './fault.ts';
import { type Seed, seededRandom } from './standard-faults.ts';

export interface FaultInjectorOptions {
  /** What carries the requests out. Default: a `NodeHttpHandler`. Injectors can be stacked. */
  readonly inner?: SdkRequestHandler;
  /** Which fault is injected into which call. Default: none. */
  readonly plan?: FaultPlan;
  /** Decides everything that a plan or a fault leaves to chance. Default: a random one, which `log` shows. */
  readonly seed?: Seed;
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** How many calls it remembers at least, the latest. Default 10,000. */
  readonly keepCalls?: number;
}

/** A request handler for a client of the AWS SDK: `new DynamoDBClient({ requestHandler: injector })`. One is one process. */
export interface FaultInjector {
  readonly seed: Seed;
  /** The latest calls, in the order in which they were made. */
  readonly calls: readonly CallRecord[];
  /** The bodies of the latest calls of one operation. */
  bodiesOf(target: string): string[];
  /** Appends to the script of one operation; its calls beyond the script go by the plan. */
  script(target: string, ...faults: readonly Fault[]): void;
  /** Replaces the plan. */
  use(plan: FaultPlan): void;
  /** Forgets scripts and plan: from now on everything passes. */
  heal(): void;
  /** Resolves when the process has died of a crash fault or of {@link FaultInjector.crash}. */
  readonly crashed: Promise<void>;
  /** Stops the process dead: its calls, present and later ones, never end. What is on its way arrives all the same. */
  crash(): void;
  /** Resolves when no request is on its way; those that a fault still holds back are not. */
  settled(): Promise<void>;

  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: object): Promise<{ response: SdkResponse }>;
  /** Closes the connections of the inner handler. */
  destroy(): void;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): object;
}

/**
 * Wraps a request handler of the AWS SDK v3, so that calls fail as those to DynamoDB do: lost, late, in conflict, throttled, stale.
 *
 * Deterministic: the same seed, plan and sequence of calls give the same faults; with calls at once, the same order in which
 * they are made. What the SDK reports is what it would report of DynamoDB. Answers are read to their end before they are passed on.
 *
 * @example
 * const faults = createFaultInjector({ plan: probabilities({ loseResponse: 0.1, conflict: 0.1 }), log: console.log });
 * const client = new DynamoDBClient({ requestHandler: faults });
 */
export function createFaultInjector({
  inner = new NodeHttpHandler(),
  plan = passAll,
  seed = randomInt(2 ** 32),
  log,
  clock = systemClock,
  sleep = sleepByTimer,
  keepCalls = 10_000,
}: FaultInjectorOptions = {}): FaultInjector {
  const life = createCrashSwitch();
  const callLog = createCallLog(keepCalls);
  const scripts = new Map<string, Fault[]>();
  const underway = new Set<Promise<unknown>>();
  let choose = plan();

  log?.(`Fault injection: seed ${seed}`);

  /** The caller's signal stays behind: an aborted request may still arrive. */
  const send = async (request: SdkRequest, options: object | undefined, record: OpenRecord): Promise<HttpAnswer> => {
    const { response } = await inner.handle(request, { ...options, abortSignal: undefined });
    const answer = await readAnswer(response);

    record.statusCode = answer.statusCode;
    record.landedAtMs = clock.now().getTime();
    record.carriedOut ||= isSuccess(answer);
    return answer;
  };

  const answer = async (request: SdkRequest, options?: object) => {
    const { record, nth } = callLog.open(targetOf(request), bodyOf(request));
    const call: FaultyCall = {
      index: record.index,
      target: record.target,
      body: record.body,
      random: seededRandom(`${seed}/${record.target}/${nth}`),
      history: callLog.records,
      send: (body) => track(underway, send(body === undefined ? request : withBody(request, body), options, record)),
      crash: () => life.crash(),
      now: () => clock.now().getTime(),
      sleep,
    };
    const planned = scripts.get(call.target)?.shift() ?? choose(call) ?? pass();
    const applies = planned.appliesTo?.(call) ?? true;

    record.fault = applies ? planned.name : `none (not applicable: ${planned.name})`;
    return { response: await (applies ? planned : pass()).apply(call) };
  };

  return {
    seed,
    calls: callLog.records,
    bodiesOf: (wanted) => callLog.records.filter(({ target }) => target === wanted).map(({ body }) => body),
    script: (target, ...faults) => {
      scripts.set(target, [...(scripts.get(target) ?? []), ...faults]);
    },
    use: (next) => {
      choose = next();
    },
    heal: () => {
      scripts.clear();
      choose = passAll();
    },
    crashed: life.crashed,
    crash: () => void life.crash(),
    settled: async () => {
      while (underway.size > 0) await Promise.allSettled(underway);
    },
    metadata: inner.metadata ?? { handlerProtocol: 'http/1.1' },
    handle: (request, options) => (life.isDead() ? never() : life.guard(abortable(answer(request, options), options))),
    destroy: () => inner.destroy?.(),
    updateHttpClientConfig: (key, value) => inner.updateHttpClientConfig?.(key, value),
    httpHandlerConfigs: () => inner.httpHandlerConfigs?.() ?? {},
  };
}

function track<TResult>(underway: Set<Promise<unknown>>, sending: Promise<TResult>): Promise<TResult> {
  const forget = () => underway.delete(sending);

  underway.add(sending);
  sending.then(forget, forget);
  return sending;
}
