import type { CallRecord } from './call-record.ts';

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
export function writtenItems({ target, body }: Pick<CallRecord, 'target' | 'body'>): WrittenItem[] {
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
