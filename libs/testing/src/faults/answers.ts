import type { Fault } from './fault.ts';
import { jsonAnswer, type HttpAnswer } from './http-answer.ts';

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
