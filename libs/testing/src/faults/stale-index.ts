import { isSuccess, replaceBody } from './answers.ts';
import type { CallRecord } from './call-log.ts';
import type { Fault, FaultyCall } from './fault.ts';

export interface StaleIndexOptions {
  /** How far the index lags behind: items written later than this many milliseconds ago are missing. */
  readonly lagMs: number;
  /** The key attributes of the tables. Default `pk` and `sk`. */
  readonly keyAttributes?: readonly string[];
}

interface QueryAnswer {
  readonly Items?: readonly Attributes[];
  readonly Count?: number;
}

/**
 * A Query on an index answers as if the index had not yet heard of the latest writes: items written within `lagMs` through the
 * same injector are left out, also where an update only moved or changed them. The page may be short, even empty, and have a
 * next one. Items that the answer gives without their key are not recognised. Affects a Query with an IndexName only.
 */
export function staleIndex({ lagMs, keyAttributes = ['pk', 'sk'] }: StaleIndexOptions): Fault {
  const nameOf = (table: string, attributes: Attributes) =>
    JSON.stringify([table, ...keyAttributes.map((name) => attributes[name])]);

  const recentNames = (call: FaultyCall) => {
    const since = call.now() - lagMs;
    const recent = call.history.filter(({ carriedOut, landedAtMs = 0 }) => carriedOut && landedAtMs > since);

    return new Set(recent.flatMap(writtenItems).map(({ table, attributes }) => nameOf(table, attributes)));
  };

  return {
    name: `stale index (${lagMs} ms)`,
    appliesTo: ({ target, body }) => target === 'Query' && body.includes('"IndexName"'),
    apply: async (call) => {
      const hidden = recentNames(call);
      const answer = await call.send();
      if (!isSuccess(answer)) return answer;

      const { TableName } = JSON.parse(call.body) as { TableName: string };
      const body = JSON.parse(new TextDecoder().decode(answer.body)) as QueryAnswer;
      if (!body.Items) return answer;
      const Items = body.Items.filter((item) => !hidden.has(nameOf(TableName, item)));
      return replaceBody(answer, { ...body, Items, Count: Items.length });
    },
  };
}

/** An item or a key, in DynamoDB's JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface WrittenItem {
  readonly table: string;
  /** The whole item of a put, the key of an update or a deletion. */
  readonly attributes: Attributes;
}

interface Write {
  readonly TableName: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
}

interface TransactionBody {
  readonly TransactItems: readonly { readonly Put?: Write; readonly Update?: Write; readonly Delete?: Write }[];
}

interface BatchBody {
  readonly RequestItems: Readonly<
    Record<
      string,
      readonly { readonly PutRequest?: Omit<Write, 'TableName'>; readonly DeleteRequest?: Omit<Write, 'TableName'> }[]
    >
  >;
}

/** The items that a call wrote, if it is a write at all. */
function writtenItems({ target, body }: Pick<CallRecord, 'target' | 'body'>): WrittenItem[] {
  switch (target) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [written(JSON.parse(body) as Write)];
    case 'TransactWriteItems':
      return (JSON.parse(body) as TransactionBody).TransactItems.flatMap(({ Put, Update, Delete }) => {
        const write = Put ?? Update ?? Delete;
        return write ? [written(write)] : [];
      });
    case 'BatchWriteItem':
      return Object.entries((JSON.parse(body) as BatchBody).RequestItems).flatMap(([TableName, requests]) =>
        requests.map(({ PutRequest, DeleteRequest }) => written({ TableName, ...PutRequest, ...DeleteRequest })),
      );
    default:
      return [];
  }
}

const written = ({ TableName, Item, Key }: Write): WrittenItem => ({ table: TableName, attributes: Item ?? Key ?? {} });
