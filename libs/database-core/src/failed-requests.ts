import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What is known of a request that failed. */
export interface FailedRequest {
  /** The operation, such as `TransactWriteItems`. */
  readonly operation: string;
  /** The physical names of its tables: of a transaction, that of each action in turn. */
  readonly tableNames: readonly string[];
  /** How far it came: no keys to sign it, no request of it built and handed over, or handed to the HTTP handler. */
  readonly reached: 'nothing' | 'keys' | 'handler';
}

const failedRequests = new WeakMap<object, FailedRequest>();

/** What the SDK keeps over one call. */
export interface CallContext {
  readonly commandName?: string;
  readonly __smithy_context?: { selectedHttpAuthScheme?: { readonly identity?: unknown } | undefined };
  [key: string]: unknown;
}

const reachedHandler = 'cnop.reachedHandler';

/** Makes a client remember which request a failure is of. */
export function rememberFailedRequests({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next, context: CallContext) => async (args) => {
      try {
        return await next(args);
      } catch (failure) {
        if (typeof failure === 'object' && failure !== null) failedRequests.set(failure, describe(context, args.input));
        throw failure;
      }
    },
    { name: 'cnopRememberFailed', step: 'initialize', priority: 'high' },
  );
  middlewareStack.add(
    (next, context) => (args) => {
      context[reachedHandler] = true;
      return next(args);
    },
    { name: 'cnopNoteSending', step: 'deserialize', priority: 'low' },
  );
}

/** Takes a call back to its beginning: what was sent of it was refused as a whole, by its keys. */
export function forgetSending(context: CallContext): void {
  context[reachedHandler] = false;
  if (context.__smithy_context) context.__smithy_context.selectedHttpAuthScheme = undefined;
}

function describe(context: CallContext, input: object): FailedRequest {
  const isSigned = context.__smithy_context?.selectedHttpAuthScheme !== undefined;

  return {
    operation: operationOf(context),
    tableNames: tableNamesOf(input),
    reached: context[reachedHandler] ? 'handler' : isSigned ? 'keys' : 'nothing',
  };
}

/** The request that a client of the database failed with; `undefined` of anything else, whatever it is. */
export const failedRequestOf = (failure: unknown): FailedRequest | undefined => failedRequests.get(failure as object);

/** Whether a request failed before anything of it left this process. */
export const wasNeverSent = (failure: unknown): boolean =>
  (failedRequestOf(failure)?.reached ?? 'handler') !== 'handler';

/** The operation of a call, such as `PutItem`. */
export const operationOf = ({ commandName = '' }: CallContext): string => commandName.replace(/Command$/, '');

interface RequestInput {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

/** The physical names of the tables of a call's input; of a transaction one for each action. */
export function tableNamesOf(input: object): string[] {
  const { TableName, RequestItems = {}, TransactItems = [] } = input as RequestInput;
  const ofActions = TransactItems.flatMap((action) => Object.values(action).map((write) => write.TableName));
  const names = [TableName, ...Object.keys(RequestItems), ...ofActions];

  return names.filter((name) => name !== undefined);
}
