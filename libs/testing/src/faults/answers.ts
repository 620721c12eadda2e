import type { Fault, SdkRequest, SdkResponse, HttpAnswer } from './fault.ts';

export interface ErrorAnswerOptions {
  /** HTTP status; by default the one that DynamoDB sends with this error. */
  readonly status?: number;
  readonly message?: string;
  /** Further fields of the JSON body. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request takes effect all the same. Default: no. */
  readonly carriedOut?: boolean;
}

interface KnownError {
  readonly message: string;
  readonly status?: number;
  readonly namespace?: string;
}

const DYNAMODB = 'com.amazonaws.dynamodb.v20120810';
const SERVICE = 'com.amazon.coral.service';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const knownErrors: Readonly<Record<string, KnownError>> = {
  ConditionalCheckFailedException: { message: 'The conditional request failed' },
  ExpiredTokenException: { message: 'The security token included in the request is expired', namespace: SERVICE },
  InternalServerError: { message: 'Internal server error', status: 500 },
  ProvisionedThroughputExceededException: {
    message:
      'The level of configured provisioned throughput for the table was exceeded. ' +
      'Consider increasing your provisioning level with the UpdateTable API.',
  },
  RequestLimitExceeded: { message: 'Throughput exceeds the current throughput limit for your account.' },
  ServiceUnavailable: { message: 'The service is currently unavailable or busy.', status: 503 },
  ThrottlingException: { message: 'Throughput exceeds the current capacity of your table or index.' },
  TransactionConflictException: { message: 'Transaction is ongoing for the item' },
  TransactionInProgressException: {
    message: 'The transaction with the given request token is already in progress.',
  },
  UnrecognizedClientException: {
    message: 'The security token included in the request is invalid.',
    namespace: SERVICE,
  },
};

/**
 * An error as DynamoDB answers it.
 *
 * @param name - e.g. `AccessDeniedException`; for the usual ones status, namespace and message are known.
 */
export function answerError(name: string, options: ErrorAnswerOptions = {}): Fault {
  const { carriedOut = false } = options;

  return {
    name: carriedOut ? `${name} (carried out)` : name,
    apply: async (call) => {
      if (carriedOut) await call.send();
      return errorAnswer(name, options);
    },
  };
}

export function errorAnswer(name: string, options: ErrorAnswerOptions = {}): HttpAnswer {
  const { namespace = DYNAMODB, message, status = 400 } = knownErrors[name] ?? { message: `Injected ${name}.` };
  const body = { __type: `${namespace}#${name}`, message: options.message ?? message, ...options.fields };

  return jsonAnswer(options.status ?? status, body, options.headers);
}

/** A success with this body, for which nothing is sent. */
export const answerWith = (body: object): Fault => ({
  name: 'canned answer',
  apply: () => Promise.resolve(jsonAnswer(200, body)),
});

/** What is true of one body only. */
const bodyHeaders = new Set(['content-length', 'transfer-encoding', 'x-amz-crc32']);

/** Reads a response to its end, so that its connection is free whatever becomes of the answer. */
export async function readAnswer({ statusCode, reason, headers, body }: SdkResponse): Promise<HttpAnswer> {
  return { statusCode, ...(reason !== undefined && { reason }), headers, body: await readBody(body) };
}

/** An answer with this JSON body, headers as DynamoDB sends them. */
function jsonAnswer(statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const bytes = Buffer.from(JSON.stringify(body));

  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'content-length': String(bytes.length), ...headers },
    body: bytes,
  };
}

/** The same answer with another body. */
export function replaceBody({ statusCode, headers }: HttpAnswer, body: object): HttpAnswer {
  const kept = Object.entries(headers).filter(([name]) => !bodyHeaders.has(name));

  return jsonAnswer(statusCode, body, Object.fromEntries(kept));
}

/** Whether the request took effect. */
export const isSuccess = ({ statusCode }: HttpAnswer): boolean => statusCode >= 200 && statusCode < 300;

async function readBody(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);

  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The operation of a DynamoDB request, e.g. `TransactWriteItems`; empty for another service. */
export function targetOf({ headers }: SdkRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? '';
}

/** The body of a request as text. */
export function bodyOf({ body }: SdkRequest): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === 'string' ? body : '';
}

/** The same request with another body. Its signature does not cover that, which no emulator minds. */
export function withBody(request: SdkRequest, body: string): SdkRequest {
  const bytes = Buffer.from(body);
  const headers = { ...request.headers, 'content-length': String(bytes.length) };
  const copy = Object.create(Object.getPrototypeOf(request) as object) as SdkRequest;

  return Object.assign(copy, request, { headers, body: bytes });
}
