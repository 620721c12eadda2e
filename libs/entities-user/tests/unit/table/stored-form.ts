import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Parser } from 'dynamodb-toolbox/schema/actions/parse';
import type { ItemSchema } from 'dynamodb-toolbox/schema/item';
import type { RawItem } from '@cnop/stored-items';

/** The item as it comes back from DynamoDB through the document client: small numbers as `number`, large ones as `bigint`. */
export function throughDynamoDb(item: object): RawItem {
  return unmarshall(marshall(item));
}

/** The item as dynamodb-toolbox puts it by its declaration: undeclared attributes dropped, wrong ones refused. */
export function throughToolbox(schema: ItemSchema, item: object): unknown {
  return new Parser(schema).parse(item);
}

/** The same item with one attribute taken away. */
export function without(item: object, attribute: string): RawItem {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== attribute));
}
