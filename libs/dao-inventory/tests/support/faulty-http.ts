import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DatabaseOptions } from '@cnop/database-core';

type Send = () => Promise<unknown>;

/** What happens to one request in place of simply being sent. */
export type Fault = (send: Send) => Promise<unknown>;

/** The SDK's own HTTP handler with a script: what is to happen to the next requests of an operation. */
export interface FaultyHttp {
  readonly requestHandler: NonNullable<DatabaseOptions['requestHandler']>;
  /** The operations of all requests, in order. */
  readonly sent: string[];
  /** Replaces the script of an operation; requests beyond the script pass. */
  script(operation: string, ...faults: readonly Fault[]): void;
}

interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
}

export function createFaultyHttp(): FaultyHttp {
  const { requestHandler: real } = new DynamoDBClient({ region: 'us-east-1' }).config;
  const scripts = new Map<string, Fault[]>();
  const sent: string[] = [];

  const handle = (request: OutgoingRequest, options: object) => {
    const operation = request.headers['x-amz-target']!.split('.')[1]!;
    const fault = scripts.get(operation)?.shift() ?? pass();

    sent.push(operation);
    return fault(() => real.handle(request as never, options));
  };

  return {
    requestHandler: { metadata: real.metadata, handle, destroy: () => real.destroy?.() } as never,
    sent,
    script: (operation, ...faults) => {
      scripts.set(operation, [...faults]);
    },
  };
}

export const pass = (): Fault => (send) => send();

/** The request never arrives, and nobody can tell. */
export const loseRequest = (): Fault => async () => {
  throw timeout();
};

/** The request is carried out, its answer never arrives. */
export const loseResponse = (): Fault => async (send) => {
  await send();
  throw timeout();
};

/** Something else happens first: what other callers do between two attempts. */
export const after =
  (event: () => Promise<unknown>, fault: Fault = pass()): Fault =>
  async (send) => {
    await event();
    return await fault(send);
  };

/** The request times out and is underway all the same: it arrives when `release` is called. */
export function delay(): { readonly fault: Fault; release(): Promise<unknown> } {
  let delayed: Send | undefined;

  return {
    fault: async (send) => {
      delayed = send;
      throw timeout();
    },
    release: () => delayed!(),
  };
}

const timeout = () => Object.assign(new Error('No answer in time.'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
