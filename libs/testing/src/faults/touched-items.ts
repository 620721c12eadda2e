import type { CallRecord } from './call-log.ts';

/** An item or a key, in DynamoDB's JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface TouchedItem {
  readonly table: string;
  /** The whole item of a put, the key of any other action. */
  readonly attributes: Attributes;
  /** Whether it is written, not only checked. */
  readonly written: boolean;
}

interface Write {
  readonly TableName: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
}

interface TransactionBody {
  readonly TransactItems: readonly Readonly<Partial<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck', Write>>>[];
}

interface BatchBody {
  readonly RequestItems: Readonly<
    Record<
      string,
      readonly { readonly PutRequest?: Omit<Write, 'TableName'>; readonly DeleteRequest?: Omit<Write, 'TableName'> }[]
    >
  >;
}

/** The items that a write writes or checks, one for each action, in their order; none of a call that is no write. */
export function touchedItems({ target, body }: Pick<CallRecord, 'target' | 'body'>): TouchedItem[] {
  switch (target) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [written(JSON.parse(body) as Write)];
    case 'TransactWriteItems':
      return (JSON.parse(body) as TransactionBody).TransactItems.flatMap(({ Put, Update, Delete, ConditionCheck }) => {
        const write = Put ?? Update ?? Delete;
        if (write) return [written(write)];
        return ConditionCheck ? [{ ...written(ConditionCheck), written: false }] : [];
      });
    case 'BatchWriteItem':
      return Object.entries((JSON.parse(body) as BatchBody).RequestItems).flatMap(([TableName, requests]) =>
        requests.map(({ PutRequest, DeleteRequest }) => written({ TableName, ...PutRequest, ...DeleteRequest })),
      );
    default:
      return [];
  }
}

const written = ({ TableName, Item, Key }: Write): TouchedItem => ({
  table: TableName,
  attributes: Item ?? Key ?? {},
  written: true,
});

/** By this an item is told apart from all others. */
export const itemName = (
  { table, attributes }: Omit<TouchedItem, 'written'>,
  keyAttributes: readonly string[],
): string => JSON.stringify([table, ...keyAttributes.map((name) => attributes[name])]);
