import { setImmediate } from 'node:timers/promises';
import type { RunningDynamoDb } from '@cnop/testing';
import { sleep, systemClock } from '@cnop/utils';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Backend } from './backend.ts';

const requestTimeoutMs = 10_000;

/** A real DynamoDB with tables of these names, in real time. */
export function openRealBackend(
  { endpoint, region, credentials }: RunningDynamoDb,
  tables: Backend['connection']['tables'],
): Backend & { close(): void } {
  const underWay = new Set<Promise<unknown>>();
  const http = new NodeHttpHandler({
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 256 },
  });
  const track = <TResult>(work: Promise<TResult>): Promise<TResult> => {
    const forget = () => underWay.delete(work);
    underWay.add(work);
    work.then(forget, forget);
    return work;
  };

  return {
    connection: { endpoint, region, credentials, tables },
    clock: systemClock,
    sleep: (ms) => track(sleep(ms)),
    delays: { delayMs: 40, lateMs: [20, 200, 600] },
    pauseMs: 1,
    longPauseMs: 60,
    connect: (observer) => ({
      handle: async (request, options) => {
        observer.sent();
        const answer = await track(http.handle(request as never, options));
        const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
        observer.answered(operation, answer.response.statusCode === 200);
        return answer;
      },
    }),
    startActor: () => ({ wait: (work) => work, end: () => undefined }),
    complete: async (work) => {
      const result = await work;
      while (underWay.size > 0) {
        await Promise.allSettled(underWay);
        // What has ended may be what another thing has waited for before it begins.
        await setImmediate();
      }
      return result;
    },
    conflicts: () => 0,
    violations: [],
    close: () => {
      http.destroy();
    },
  };
}
