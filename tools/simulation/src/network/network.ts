import { randomAt } from '../random-source.ts';
import { errorAnswer, StoreError, type StoreAnswer, type StoreRequest } from '../store/answer.ts';
import type { Store } from '../store/store.ts';
import { drawTimes, type CallTimes } from './call-times.ts';
import type { ClientProcess } from './client-process.ts';
import { drawFault, type FaultKind, type FaultPlan } from './fault.ts';
import { createRequestHandler, type RequestHandler } from './http.ts';
import { injectedAnswer } from './injected-answer.ts';
import type { VirtualTime } from './virtual-time.ts';

/** On whose behalf a call is made. */
export interface Caller {
  /** Names the next call by numbers, each call by others: chance draws its fate from them. */
  nextPlace(): readonly number[];
  /** The store has looked at a call, now. */
  served(): void;
  /** The store has changed an item for a call, now. */
  changed(): void;
}

/** What lies between the clients and the store. */
export interface Network {
  /** The request handler of a process; `caller` tells for whom it makes a call at this moment. */
  connect(process: ClientProcess, caller: () => Caller): RequestHandler;
  /** From now on nothing goes wrong; what was sent before still takes its way. */
  heal(): void;
  /** How many calls went wrong in which way. */
  readonly faultCounts: ReadonlyMap<FaultKind, number>;
  /** How many calls met a transaction of another client, or an earlier request of their own. */
  readonly conflicts: () => number;
}

/** What a network is made of. */
export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly store: Store;
  readonly faults: FaultPlan;
  /** How many items the store has changed so far. */
  readonly changes: () => number;
}

/** How long a client waits for an answer. */
const timeoutMs = 3_000;

/** Makes a network. A failure of the store itself ends the run: it comes out of the virtual time's `run`. */
export function createNetwork({ time, store, faults, changes }: NetworkOptions): Network {
  const faultCounts = new Map<FaultKind, number>();
  let plan = faults;
  let conflicts = 0;

  /** Has the caller hear of it when something changes an item for its call. */
  const watched = <TAnswer>(call: Call, act: () => TAnswer): TAnswer => {
    const before = changes();
    const answer = act();
    if (changes() > before) call.caller.changed();
    return answer;
  };
  /** Carries a request out; what `reply` does with the answer is another question. */
  const serve = (call: Call, reply: (answer: StoreAnswer) => void) => {
    call.caller.served();
    const begun = watched(call, () => store.begin(call.request));
    if (!('carryOut' in begun)) {
      if (isConflict(begun)) conflicts += 1;
      reply(begun);
      return;
    }
    time.after(call.times.carryOutMs, () => {
      reply(watched(call, begun.carryOut));
    });
  };

  return {
    faultCounts,
    conflicts: () => conflicts,
    heal: () => {
      plan = { percent: 0, kinds: [] };
    },
    connect: (process, caller) =>
      createRequestHandler((request) => {
        const owner = caller();
        const random = randomAt(...owner.nextPlace());
        const call: Call = { process, caller: owner, request, times: drawTimes(random) };
        const fault = drawFault(random, plan);
        if (fault) faultCounts.set(fault, (faultCounts.get(fault) ?? 0) + 1);

        return process.wait<StoreAnswer>((resolve, reject) => {
          dispatch({ time, serve, resolve, reject }, call, fault);
        });
      }),
  };
}

const isConflict = ({ status, body }: StoreAnswer): boolean =>
  status !== 200 && /TransactionConflict|TransactionInProgress/.test(JSON.stringify(body));

interface Call {
  readonly process: ClientProcess;
  readonly caller: Caller;
  readonly request: StoreRequest;
  readonly times: CallTimes;
}

interface Way {
  readonly time: VirtualTime;
  readonly serve: (call: Call, reply: (answer: StoreAnswer) => void) => void;
  readonly resolve: (answer: StoreAnswer) => void;
  readonly reject: (error: Error) => void;
}

function dispatch(way: Way, call: Call, fault: FaultKind | undefined): void {
  const { time, serve, resolve } = way;
  const { outMs, backMs, lateMs } = call.times;
  const answer = (content: StoreAnswer) => {
    time.after(backMs, () => {
      resolve(content);
    });
  };
  const arrive = (delayMs: number, reply: (content: StoreAnswer) => void) => {
    time.after(delayMs, () => {
      serve(call, reply);
    });
  };
  const lose = () => undefined;

  switch (fault) {
    case undefined:
      arrive(outMs, answer);
      break;
    case 'request-lost':
      timeOut(way);
      break;
    case 'response-lost':
      arrive(outMs, lose);
      timeOut(way);
      break;
    case 'late':
      arrive(timeoutMs + lateMs, lose);
      timeOut(way);
      break;
    case 'error-carried-out':
      arrive(outMs, () => {
        answer(serverError);
      });
      break;
    case 'error-not-carried-out':
      time.after(outMs, () => {
        answer(serverError);
      });
      break;
    case 'conflict':
    case 'throttled':
      time.after(outMs, () => {
        answer(injectedAnswer(fault, call.request));
      });
      break;
    case 'crash-after-sending':
      arrive(outMs, lose);
      call.process.crash();
      break;
    case 'crash-before-sending':
      call.process.crash();
      break;
  }
}

const serverError = { ...errorAnswer(new StoreError('InternalServerError', 'Internal server error')), status: 500 };

/** As the SDK's own HTTP handler names it. */
function timeOut({ time, reject }: Way): void {
  time.after(timeoutMs, () => {
    reject(Object.assign(new Error('The request timed out.'), { name: 'TimeoutError' }));
  });
}
