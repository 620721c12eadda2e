import { randomUUID } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromWireMap, type ItemKey, type RawItem } from '@cnop/stored-items';
import type { Database } from './database.ts';

/** One write that a request carried. */
export interface MeteredWrite {
  readonly kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  /** The physical name of the table. */
  readonly tableName: string;
  /** The whole item, of a put: enough to compute its size and what it costs in each index. */
  readonly item?: RawItem;
  /** The primary key, of any other write. */
  readonly key?: ItemKey;
}

/** One request as it went over the wire; every attempt is a request of its own. */
export interface MeteredRequest {
  /** The operation, such as `TransactWriteItems`. */
  readonly target: string;
  /** How many items it names: the actions of a transaction, the keys of a batch, 1 of a single read or write, 0 of anything else. */
  readonly items: number;
  readonly writes: readonly MeteredWrite[];
}

/** The requests since the meter was started. */
export interface RequestMeter {
  /** In the order in which they were sent; grows while the meter runs. */
  readonly requests: readonly MeteredRequest[];
  stop(): void;
}

interface WireWrite {
  readonly TableName: string;
  readonly Item?: Record<string, AttributeValue>;
  readonly Key?: Record<string, AttributeValue>;
}

type WireTransactItem = Partial<Record<MeteredWrite['kind'], WireWrite>>;

interface WireBody extends WireWrite {
  readonly TransactItems?: readonly WireTransactItem[];
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly unknown[] }>>;
}

const writeKinds = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const;
const singleWrites: Readonly<Record<string, MeteredWrite['kind']>> = {
  PutItem: 'Put',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
};

/**
 * Counts the requests of a database where they leave the AWS SDK, from what is really sent: the `x-amz-target` header and the body.
 *
 * Retries of the SDK count too. Any number of meters may run at once.
 *
 * @example
 * const meter = meterRequests(database);
 * await flow.placeOrder({ owner, order });
 * meter.stop();
 * meter.requests; // [{ target: 'TransactWriteItems', items: 4, writes: [{ kind: 'Put', tableName: 'orders', item: { … } }, …] }]
 */
export function meterRequests({ reader, writer }: Database): RequestMeter {
  const requests: MeteredRequest[] = [];
  const name = `cnop-meter-${randomUUID()}`;

  for (const { middlewareStack } of [reader, writer]) {
    middlewareStack.add(
      (next) => (args) => {
        requests.push(readRequest(args.request as WireRequest));
        return next(args);
      },
      { name, step: 'deserialize', priority: 'low' },
    );
  }
  return {
    requests,
    stop: () => {
      for (const { middlewareStack } of [reader, writer]) middlewareStack.remove(name);
    },
  };
}

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

function readRequest({ headers, body }: WireRequest): MeteredRequest {
  const target = headers['x-amz-target']?.split('.').at(-1) ?? '';
  const sent = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as WireBody;
  const writes = writesOf(target, sent);

  return { target, items: Math.max(writes.length, itemsOf(sent)), writes };
}

function itemsOf({ TransactItems, RequestItems, Key }: WireBody): number {
  if (TransactItems) return TransactItems.length;
  if (RequestItems) return Object.values(RequestItems).reduce((total, { Keys = [] }) => total + Keys.length, 0);

  return Key ? 1 : 0;
}

function writesOf(target: string, sent: WireBody): MeteredWrite[] {
  const single = singleWrites[target];
  if (single) return [meteredWrite(single, sent)];

  return (sent.TransactItems ?? []).flatMap((action) =>
    writeKinds.flatMap((kind) => {
      const write = action[kind];
      return write ? [meteredWrite(kind, write)] : [];
    }),
  );
}

const meteredWrite = (kind: MeteredWrite['kind'], { TableName, Item, Key }: WireWrite): MeteredWrite => ({
  kind,
  tableName: TableName,
  ...(Item && { item: fromWireMap(Item) }),
  ...(Key && { key: fromWireMap(Key) as ItemKey }),
});
