import type { RandomSource } from '../random-source.ts';
import type { Observer } from '../client/attempt.ts';
import { randomAt } from '../random-source.ts';
import type { Violation } from '../judge/violation.ts';
import type { RequestBody, StoreAnswer, StoreRequest } from '../store/answer.ts';
import { createStore } from '../store/store.ts';
import type { Item } from '../store/value.ts';
import type { Backend } from './backend.ts';
import { tableShapes } from './services.ts';
import { createVirtualTime } from './virtual-time.ts';

/** A DynamoDB of this process in virtual time; `onRequest` is told of each request that reaches it. */
export function createVirtualBackend(
  seed: number,
  onRequest: (request: StoreRequest) => void = () => undefined,
): Backend {
  const time = createVirtualTime(Date.UTC(2030, 0, 1));
  const violations: Violation[] = [];
  const lag = randomAt(seed, 0);
  const store = createStore(tableShapes, {
    now: time.now,
    indexLagMs: () => lag.below(2_000),
    onWrite: (item) => violations.push(...negativeBalance(item)),
  });
  let conflicts = 0;
  let failure: Error | undefined;

  const carryOut = async (request: StoreRequest, takenMs: number): Promise<StoreAnswer> => {
    onRequest(request);
    const begun = store.begin(request);
    if (!('carryOut' in begun)) return begun;

    await time.sleep(takenMs);
    return begun.carryOut();
  };
  const answer = async (request: StoreRequest, observer: Observer, random: RandomSource) => {
    const [outMs, takenMs, backMs] = [1 + random.below(10), random.below(30), 1 + random.below(10)];
    await time.sleep(outMs);
    observer.sent();
    const { status, body } = await carryOut(request, takenMs).catch((error: unknown) => {
      failure = error as Error;
      throw error;
    });
    observer.answered(request.operation, status === 200);
    if (status !== 200 && /TransactionConflict|TransactionInProgress/.test(JSON.stringify(body))) conflicts += 1;
    await time.sleep(backMs);

    return { response: { statusCode: status, headers: {}, body: Buffer.from(JSON.stringify(body)) } };
  };

  return {
    ...time,
    connection: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      tables: Object.fromEntries(tableShapes.map(({ name }) => [name, name])),
    },
    clock: { now: () => new Date(time.now()) },
    // The last comes after every memory of a client request token.
    delays: { delayMs: 500, lateMs: [50, 10_000, 11.5 * 60_000] },
    pauseMs: 10,
    longPauseMs: 20_000,
    connect: (observer, random) => ({
      handle: ({ headers, body }) =>
        answer(
          // DynamoDB's operation is in a header: `DynamoDB_20120810.PutItem`.
          { operation: headers['x-amz-target']?.split('.')[1] ?? '', body: JSON.parse(textOf(body)) as RequestBody },
          observer,
          random,
        ),
    }),
    /** @throws what the store does not model. */
    complete: async (work) => {
      const result = await time.complete(work);
      if (failure) throw failure;
      return result;
    },
    conflicts: () => conflicts,
    violations,
  };
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);

/** No state of a balance may be negative, whether or not anything reads it. */
function negativeBalance(item: Item): Violation[] {
  const amounts = [item['availableMinor'], item['heldMinor'], item['openOrders']];
  const isNegative = amounts.some((amount) => amount && 'N' in amount && amount.N.startsWith('-'));

  return isNegative ? [{ rule: 'negative balance', detail: JSON.stringify(item) }] : [];
}
