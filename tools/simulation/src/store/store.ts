import { batchGetItemRequest, getItemRequest, transactGetItemsRequest } from './read-requests.ts';
import { queryRequest } from './query.ts';
import type { RequestBody } from './request-fields.ts';
import { scanRequest } from './scan.ts';
import type { ItemChange, StoreContext } from './store-context.ts';
import { NotModelledError, StoreError } from './store-error.ts';
import {
  createTableRequest,
  deleteTableRequest,
  describeTableRequest,
  describeTimeToLiveRequest,
  updateTimeToLiveRequest,
} from './table-requests.ts';
import { createTokenMemory } from './token-memory.ts';
import { startTransaction } from './transact-write.ts';
import { plainWriteRequest } from './write-requests.ts';
import type { Item } from './attribute-value.ts';

/** One request: the operation's name, as in `PutItem`, and its body. */
export interface StoreRequest {
  readonly operation: string;
  readonly body: RequestBody;
}

/** The answer to a request, as HTTP carries it. */
export interface StoreAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A transaction that has taken its items and is still to be carried out. */
export interface StartedAnswer {
  readonly carryOut: () => StoreAnswer;
}

/** Where the store's time comes from, and who hears of changes. */
export interface StoreOptions {
  /** Milliseconds. Default: time stands still. */
  readonly now?: () => number;
  /** How long the next change takes to reach the indexes. Default: not at all. */
  readonly indexLagMs?: () => number;
  readonly onChange?: (change: ItemChange) => void;
}

/** A DynamoDB within this process. */
export interface Store {
  /**
   * Answers a request at this very moment. A transaction has an effect that lasts: it is carried out with `carryOut`, and until then
   * nobody else can write its items.
   *
   * @throws NotModelledError for a request that the store does not understand.
   */
  readonly begin: (request: StoreRequest) => StoreAnswer | StartedAnswer;
  /** Answers a request as a whole, at this very moment. @throws NotModelledError as `begin` does. */
  execute(request: StoreRequest): StoreAnswer;
  /** Everything in a table, in no order. */
  itemsOf(tableName: string): Item[];
}

type Handler = (context: StoreContext, body: RequestBody) => Readonly<Record<string, unknown>>;

const handlers: Readonly<Record<string, Handler>> = {
  CreateTable: createTableRequest,
  DescribeTable: describeTableRequest,
  DeleteTable: deleteTableRequest,
  DescribeTimeToLive: describeTimeToLiveRequest,
  UpdateTimeToLive: updateTimeToLiveRequest,
  GetItem: getItemRequest,
  BatchGetItem: batchGetItemRequest,
  TransactGetItems: transactGetItemsRequest,
  Query: queryRequest,
  Scan: scanRequest,
  PutItem: (context, body) => plainWriteRequest(context, 'Put', body),
  UpdateItem: (context, body) => plainWriteRequest(context, 'Update', body),
  DeleteItem: (context, body) => plainWriteRequest(context, 'Delete', body),
};

/** Makes an empty DynamoDB. It understands the requests that the libraries here send, and refuses to guess at any other. */
export function createStore({
  now = () => 0,
  indexLagMs = () => 0,
  onChange = () => undefined,
}: StoreOptions = {}): Store {
  const context: StoreContext = {
    tables: new Map(),
    taken: new Set(),
    tokens: createTokenMemory(now),
    now,
    indexLagMs,
    onChange,
  };
  const begin: Store['begin'] = ({ operation, body }) =>
    answered(() => {
      if (operation === 'TransactWriteItems') {
        const transaction = startTransaction(context, body);
        return { carryOut: () => ({ status: 200, body: transaction.carryOut() }) };
      }
      const handler = handlers[operation];
      if (!handler) throw new NotModelledError(`${operation} is not modelled`);
      return { status: 200, body: handler(context, body) };
    });

  return {
    begin,
    execute: (request) => {
      const begun = begin(request);
      return 'carryOut' in begun ? begun.carryOut() : begun;
    },
    itemsOf: (tableName) => [...(context.tables.get(tableName)?.all() ?? [])].map(([, item]) => item),
  };
}

function answered<TAnswer>(answer: () => TAnswer): TAnswer | StoreAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof StoreError) return errorAnswer(error);
    throw error;
  }
}

/** The answer that carries an error, in the form that the SDK reads. */
export const errorAnswer = ({ name, status, message, fields }: StoreError): StoreAnswer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...fields },
});
