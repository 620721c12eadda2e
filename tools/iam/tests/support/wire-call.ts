import type { TableAction } from '@cnop/database-core/infrastructure';
import type { CallRecord } from '@cnop/testing';

/** One thing that a request does, as IAM sees it. */
export interface WireCall {
  readonly action: TableAction;
  /** The logical name of the table. */
  readonly table: string;
  readonly index?: string;
  /** Whether it is done on a stream of the table. */
  readonly stream?: true;
  /** The transaction that it is a part of. */
  readonly enclosing?: 'TransactWriteItems' | 'TransactGetItems';
  /** The attributes that are asked for; absent when all are. */
  readonly attributes?: readonly string[];
}

interface WirePart {
  readonly TableName: string;
}

interface StreamBody {
  readonly TableName?: string;
  readonly StreamArn?: string;
}

const streamActions = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

interface Projection {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

interface WireBody extends WirePart, Projection {
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, Projection>>;
  readonly TransactItems?: readonly Readonly<Record<string, WirePart>>[];
}

/**
 * What requests do, from their targets and bodies, in their order: an iterator says nothing of its table, which is that of the stream
 * named before it.
 *
 * @param tables - the logical name of each physical one.
 */
export function wireCallsOf(calls: readonly CallRecord[], tables: ReadonlyMap<string, string>): WireCall[] {
  let streamOf = 'unknown stream';

  return calls.flatMap((call): WireCall[] => {
    if (!streamActions.has(call.target)) return callsOf(call, tables);
    const { StreamArn, TableName = /:table\/([^/]+)/.exec(StreamArn ?? '')?.[1] } = JSON.parse(call.body) as StreamBody;

    if (TableName !== undefined) streamOf = tables.get(TableName) ?? `unknown ${TableName}`;
    return [{ action: call.target as TableAction, table: streamOf, stream: true }];
  });
}

function callsOf({ target, body }: CallRecord, tables: ReadonlyMap<string, string>): WireCall[] {
  const sent = JSON.parse(body) as WireBody;
  const tableOf = (name: string) => tables.get(name) ?? `unknown ${name}`;

  if (target === 'TransactWriteItems' || target === 'TransactGetItems') {
    return (sent.TransactItems ?? []).flatMap((item) =>
      // `Put` needs PutItem, `ConditionCheck` ConditionCheckItem.
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: `${kind}Item` as TableAction,
        table: tableOf(TableName),
        enclosing: target,
      })),
    );
  }
  const action = target as TableAction;
  if (sent.RequestItems) {
    return Object.entries(sent.RequestItems).map(([name, asked]) => ({
      action,
      table: tableOf(name),
      ...attributesOf(asked),
    }));
  }

  const { IndexName: index } = sent;
  return [{ action, table: tableOf(sent.TableName), ...(index && { index }), ...attributesOf(sent) }];
}

function attributesOf({
  ProjectionExpression,
  ExpressionAttributeNames = {},
}: Projection): Pick<WireCall, 'attributes'> {
  const attributes = ProjectionExpression?.split(',').map(
    (text) => ExpressionAttributeNames[text.trim()] ?? text.trim(),
  );

  return attributes ? { attributes } : {};
}
