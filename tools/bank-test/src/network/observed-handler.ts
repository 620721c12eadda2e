import { AsyncLocalStorage } from 'node:async_hooks';
import type { SdkRequestHandler } from '@cnop/testing';
import type { UnderWay } from './under-way.ts';

/** On whose behalf requests are sent. */
export interface Caller {
  /** A request is sent, now. */
  served(): void;
  /** The database has answered a request, now. */
  answered(answer: ObservedAnswer): void;
}

/** What is seen of an answer. */
export interface ObservedAnswer {
  readonly isTransactWrite: boolean;
  readonly isSuccess: boolean;
}

/** Knows on whose behalf a request is sent, however late that is. */
export const presentCaller = new AsyncLocalStorage<Caller>();

/** Has each caller hear of the requests that are sent for it and of the answers to them, those too that never reach it. */
export const observedHandler = (inner: SdkRequestHandler, underWay: UnderWay): SdkRequestHandler => ({
  ...(inner.metadata && { metadata: inner.metadata }),
  handle: (request, options) => {
    const caller = presentCaller.getStore();
    const isTransactWrite = request.headers['x-amz-target']?.endsWith('.TransactWriteItems') ?? false;
    caller?.served();

    return underWay.track(
      inner.handle(request, options).then((answer) => {
        caller?.answered({ isTransactWrite, isSuccess: answer.response.statusCode === 200 });
        return answer;
      }),
    );
  },
});
