import type { TableShape } from '@cnop/utils';
import { NotModelledError, StoreError, type StoreAnswer, type StoreRequest, type RequestBody } from './answer.ts';
import { batchGetItem, getItem, query, scan, transactGetItems } from './reads.ts';
import { createTable, type StoreContext } from './table.ts';
import type { Item } from './value.ts';
import { startTransaction, writeItem } from './writes.ts';

/** What a store may be given: its time, and who is told of what is written. */
export type StoreOptions = Partial<Pick<StoreContext, 'now' | 'indexLagMs' | 'onWrite'>>;

export interface Store {
  /**
   * Answers a request at this very moment. A transaction has an effect that lasts: it is carried out with `carryOut`, and until then
   * nobody else can write its items.
   *
   * @throws NotModelledError for a request that the store does not understand.
   */
  begin(request: StoreRequest): StoreAnswer | { readonly carryOut: () => StoreAnswer };
  /** Answers a request as a whole, at this very moment. @throws NotModelledError as `begin` does. */
  execute(request: StoreRequest): StoreAnswer;
  itemsOf(tableName: string): Item[];
}

type Handler = (context: StoreContext, body: RequestBody) => StoreAnswer['body'];

const handlers: Readonly<Record<string, Handler>> = {
  GetItem: getItem,
  BatchGetItem: batchGetItem,
  TransactGetItems: transactGetItems,
  Query: query,
  Scan: scan,
  PutItem: (context, body) => writeItem(context, 'Put', body),
  UpdateItem: (context, body) => writeItem(context, 'Update', body),
};

/** Makes a DynamoDB with these tables, empty. It understands the requests that the libraries send, and refuses to guess at any other. */
export function createStore(shapes: readonly TableShape[], options: StoreOptions = {}): Store {
  const context: StoreContext = {
    tables: new Map(shapes.map((shape) => [shape.name, createTable(shape)])),
    taken: new Set(),
    tokens: new Map(),
    now: () => 0,
    indexLagMs: () => 0,
    onWrite: () => undefined,
    ...options,
  };
  const begin: Store['begin'] = ({ operation, body }) => {
    try {
      if (operation === 'TransactWriteItems') {
        const finish = startTransaction(context, body);
        return {
          carryOut: () => {
            finish();
            return { status: 200, body: {} };
          },
        };
      }
      const handler = handlers[operation];
      if (!handler) throw new NotModelledError(`${operation} is not modelled`);
      return { status: 200, body: handler(context, body) };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const { name, message, fields } = error;
      return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...fields } };
    }
  };

  return {
    begin,
    execute: (request) => {
      const begun = begin(request);
      return 'carryOut' in begun ? begun.carryOut() : begun;
    },
    itemsOf: (tableName) => [...(context.tables.get(tableName)?.items.values() ?? [])],
  };
}
