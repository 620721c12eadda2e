import type { Item } from './attribute-value.ts';
import type { Condition } from './expression/condition.ts';
import type { DocumentPath } from './expression/document-path.ts';
import { holds } from './expression/evaluate-condition.ts';
import { parseCondition } from './expression/parse-condition.ts';
import { readPlaceholders, type ExpressionAttributes, type Placeholders } from './expression/placeholders.ts';
import { parseProjection, project } from './expression/project.ts';
import { pickKeys, type KeySchema } from './item-key.ts';
import { NotModelledError, validationError } from './store-error.ts';

/** The part of a request that Query and Scan share. */
export interface PageBody extends ExpressionAttributes {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Readonly<Record<string, unknown>>;
  readonly ConsistentRead?: boolean;
}

/** The fields of {@link PageBody}. */
export const pageFields = [
  'TableName',
  'IndexName',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Limit',
  'ExclusiveStartKey',
  'ConsistentRead',
];

/** What a request does with the items that its keys select. */
export interface PageShape {
  readonly placeholders: Placeholders;
  readonly limit: number;
  readonly filter?: Condition;
  readonly paths?: readonly DocumentPath[];
}

/** Reads what is to become of the items. The caller calls `placeholders.finish()`. @throws ValidationException. */
export function readPageShape(body: PageBody): PageShape {
  const placeholders = readPlaceholders(body);
  const { FilterExpression, ProjectionExpression, Limit = Infinity } = body;
  if (Limit < 1) throw validationError('Limit must be at least 1');

  return {
    placeholders,
    limit: Limit,
    ...(FilterExpression !== undefined && { filter: parseCondition(FilterExpression, placeholders) }),
    ...(ProjectionExpression !== undefined && { paths: parseProjection(ProjectionExpression, placeholders) }),
  };
}

/** DynamoDB ends a page at 1 MB; stay below, so that this never has to be modelled. */
const mostItems = 2_000;

/** One page of the items that are left to read, in their order; `keys` are the attributes by which the next page starts. */
export function pageOf(items: readonly Item[], { limit, filter, paths }: PageShape, keys: readonly KeySchema[]) {
  const read = items.slice(0, limit);
  if (read.length > mostItems) throw new NotModelledError(`A page of more than ${mostItems} items is not modelled`);
  const kept = filter ? read.filter((item) => holds(filter, item)) : read;
  const last = read.at(-1);

  return {
    Items: paths ? kept.map((item) => project(item, paths)) : kept,
    Count: kept.length,
    ScannedCount: read.length,
    // A page that was ended by its limit does not look whether there is more.
    ...(last && read.length === limit && { LastEvaluatedKey: pickKeys(keys, last) }),
  };
}
