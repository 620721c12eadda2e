import type { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';

/** One answer, or a throw, in place of a request's own. `send` is the real thing. */
export type Fault = (send: () => Promise<HttpAnswer>) => Promise<HttpAnswer>;

export interface HttpAnswer {
  readonly response: HttpResponse;
}

/** One request as it reached the HTTP handler. */
export interface SentRequest {
  readonly target: string;
  readonly body: string;
}

interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

type RequestHandler = DynamoDBClient['config']['requestHandler'];

/** The SDK's own HTTP handler with a script: for each operation what is to happen to its next requests. */
export interface FaultyHttp {
  readonly requestHandler: RequestHandler;
  readonly requests: readonly SentRequest[];
  /** The bodies of all requests of one operation. */
  bodiesOf(target: string): string[];
  /** Appends to the script of an operation; requests beyond the script pass. */
  script(target: string, ...faults: readonly Fault[]): void;
  /** Decides about every request beyond the script. */
  otherwise(choose: (target: string) => Fault): void;
  /** Forgets what is left of every script, and lets everything pass. */
  heal(): void;
}

export function createFaultyHttp(): FaultyHttp {
  const { requestHandler: real } = new DynamoDBClient({ region: 'us-east-1' }).config;
  const scripts = new Map<string, Fault[]>();
  const requests: SentRequest[] = [];
  let chooseFault: (target: string) => Fault = pass;

  const handle = (request: OutgoingRequest, options: object) => {
    const target = request.headers['x-amz-target']!.split('.')[1]!;
    const fault = scripts.get(target)?.shift() ?? chooseFault(target);

    requests.push({ target, body: new TextDecoder().decode(request.body) });
    return fault(() => real.handle(request as never, options) as Promise<HttpAnswer>);
  };

  return {
    requestHandler: { metadata: real.metadata, handle, destroy: () => real.destroy?.() } as unknown as RequestHandler,
    requests,
    bodiesOf: (wanted) => requests.filter(({ target }) => target === wanted).map(({ body }) => body),
    script: (target, ...faults) => {
      scripts.set(target, [...(scripts.get(target) ?? []), ...faults]);
    },
    otherwise: (choose) => {
      chooseFault = choose;
    },
    heal: () => {
      chooseFault = pass;
      scripts.clear();
    },
  };
}

export const pass = (): Fault => (send) => send();

/** The connection breaks before the request has left. */
export const loseRequest = (): Fault => async () => {
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
};

/** Nobody listens. */
export const refuseConnection = (): Fault => async () => {
  throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
};

/** The request is carried out, its answer never arrives. */
export const loseResponse = (): Fault => async (send) => {
  discard(await send());
  throw timeout();
};

/** Does something else first, then goes on: what other callers do between two attempts. */
export const after =
  (event: () => Promise<unknown>, fault: Fault = pass()): Fault =>
  async (send) => {
    await event();
    return fault(send);
  };

/** The request times out and is underway all the same: it arrives when `release` is called. */
export function delay(): { readonly fault: Fault; release(): Promise<HttpAnswer> } {
  let delayed: (() => Promise<HttpAnswer>) | undefined;

  return {
    fault: async (send) => {
      delayed = send;
      throw timeout();
    },
    release: async () => discard(await delayed!()),
  };
}

interface FailureFields {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** An error as DynamoDB answers it. */
export const fail =
  (name: string, { status = 400, headers = {}, ...fields }: FailureFields = {}): Fault =>
  async () => ({
    response: new HttpResponse({
      statusCode: status,
      headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
      body: Buffer.from(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `Injected ${name}.`, ...fields }),
      ),
    }),
  });

/** A success as DynamoDB answers it. */
export const succeed =
  (body: object): Fault =>
  async () => ({
    response: new HttpResponse({
      statusCode: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: Buffer.from(JSON.stringify(body)),
    }),
  });

/** A cancelled transaction with these reasons, in the order of its actions. */
export const cancel = (...codes: readonly string[]): Fault =>
  fail('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

const timeout = () => Object.assign(new Error('No answer in time.'), { name: 'TimeoutError', code: 'ETIMEDOUT' });

/** Frees the connection of an answer that nobody reads. */
function discard(answer: HttpAnswer): HttpAnswer {
  (answer.response.body as Readable).resume();
  return answer;
}
