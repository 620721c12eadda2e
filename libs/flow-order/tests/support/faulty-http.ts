import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DatabaseOptions } from '@cnop/database-core';

interface HttpAnswer {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
}

/** Carries the request out; `alter` changes its body on the way. */
type Send = (alter?: (body: string) => string) => Promise<HttpAnswer>;

/** What happens to one request in place of simply being sent. */
export type Fault = (send: Send) => Promise<HttpAnswer>;

/** One request as it reached the HTTP handler. */
export interface SentRequest {
  readonly operation: string;
  readonly body: string;
}

/** The SDK's own HTTP handler with a script: what is to happen to the next requests of an operation. */
export interface FaultyHttp {
  readonly requestHandler: NonNullable<DatabaseOptions['requestHandler']>;
  readonly sent: readonly SentRequest[];
  /** The bodies of all requests of one operation. */
  bodiesOf(operation: string): string[];
  /** Appends to the script of an operation; requests beyond the script pass. */
  script(operation: string, ...faults: readonly Fault[]): void;
}

interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One pool of connections for all processes of a test file. */
const { requestHandler: real } = new DynamoDBClient({ region: 'us-east-1' }).config;

export function createFaultyHttp(): FaultyHttp {
  const scripts = new Map<string, Fault[]>();
  const sent: SentRequest[] = [];

  const handle = (request: OutgoingRequest, options: object) => {
    const operation = request.headers['x-amz-target']!.split('.')[1]!;
    const body = new TextDecoder().decode(request.body);
    const fault = scripts.get(operation)?.shift() ?? pass();
    const send: Send = (alter = (same) => same) => {
      const altered = new TextEncoder().encode(alter(body));
      const outgoing: unknown = Object.assign(
        Object.create(Object.getPrototypeOf(request) as object) as object,
        request,
        {
          body: altered,
        },
      );
      return real.handle(outgoing as never, options) as Promise<unknown> as Promise<HttpAnswer>;
    };

    sent.push({ operation, body });
    return fault(send);
  };

  return {
    requestHandler: { metadata: real.metadata, handle, destroy: () => real.destroy?.() } as never,
    sent,
    bodiesOf: (wanted) => sent.filter(({ operation }) => operation === wanted).map(({ body }) => body),
    script: (operation, ...faults) => {
      scripts.set(operation, [...(scripts.get(operation) ?? []), ...faults]);
    },
  };
}

export const pass = (): Fault => (send) => send();

/** Has the request carried out and its answer read to the end, as its connection is needed again; nobody hears of it. */
async function carryOut(send: Send): Promise<void> {
  const { response } = await send();
  await text(response.body as unknown as NodeJS.ReadableStream);
}

/** The request never arrives, and nobody can tell. */
export const loseRequest = (): Fault => async () => {
  throw timeout();
};

/** Nobody listens. */
export const refuseConnection = (): Fault => async () => {
  throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
};

/** The request is carried out, its answer never arrives. */
export const loseResponse = (): Fault => async (send) => {
  await carryOut(send);
  throw timeout();
};

/** Something else happens first: what other callers do between two attempts. */
export const after =
  (event: () => Promise<unknown>, fault: Fault = pass()): Fault =>
  async (send) => {
    await event();
    return await fault(send);
  };

/** DynamoDB has forgotten the token of the transaction, as it does after ten minutes: a repeat is a new transaction to it. */
export const forgetToken = (): Fault => (send) =>
  send((body) => body.replace(/"ClientRequestToken":"[^"]+"/, `"ClientRequestToken":"${crypto.randomUUID()}"`));

/** Requests that are underway although their caller has given up: they arrive when `release` is called, in their order. */
export function delay(): { readonly fault: Fault; release(): Promise<void> } {
  const underway: Send[] = [];

  return {
    fault: async (send) => {
      underway.push(send);
      throw timeout();
    },
    release: async () => {
      for (const send of underway.splice(0)) await carryOut(send);
    },
  };
}

/** When the caller dies relative to its request. */
export type Death = 'before sending' | 'after sending' | 'while it is underway';

/** The caller dies over its request: it never hears of it again. `release` lets a request arrive that was underway. */
export function die(death: Death): { readonly fault: Fault; readonly died: Promise<void>; release(): Promise<void> } {
  const late = delay();
  let setDied: () => void;
  const died = new Promise<void>((resolve) => {
    setDied = resolve;
  });

  return {
    died,
    fault: async (send) => {
      if (death === 'after sending') await carryOut(send);
      if (death === 'while it is underway') await late.fault(send).catch(() => undefined);
      setDied();
      return await new Promise<never>(() => undefined);
    },
    release: () => late.release(),
  };
}

/** An error as DynamoDB answers it; with `carriedOut` the request took effect all the same. */
export const fail =
  (
    name: string,
    {
      status = 400,
      carriedOut = false,
      ...fields
    }: { readonly status?: number; readonly carriedOut?: boolean; readonly [field: string]: unknown } = {},
  ): Fault =>
  async (send) => {
    if (carriedOut) await carryOut(send);
    const __type = `com.amazonaws.dynamodb.v20120810#${name}`;

    return {
      response: {
        statusCode: status,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Buffer.from(JSON.stringify({ __type, message: `Injected ${name}.`, ...fields })),
      },
    };
  };

/** A cancelled transaction with these reasons, in the order of its actions. */
export const cancel = (...codes: readonly string[]): Fault =>
  fail('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

const timeout = () => Object.assign(new Error('No answer in time.'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
