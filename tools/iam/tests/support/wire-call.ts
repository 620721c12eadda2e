import type { TableAction } from '@cnop/database-core/infrastructure';
import type { CallRecord } from '@cnop/testing';

/** One thing that a request does, as IAM sees it. */
export interface WireCall {
  readonly action: TableAction;
  /** The logical name of the table. */
  readonly table: string;
  readonly index?: string;
  /** The transaction that it is a part of. */
  readonly enclosing?: 'TransactWriteItems' | 'TransactGetItems';
  /** The attributes that are asked for; absent when all are. */
  readonly attributes?: readonly string[];
}

interface WirePart {
  readonly TableName: string;
}

interface Projection {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

interface WireBody extends WirePart, Projection {
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, Projection>>;
  readonly TransactItems?: readonly Readonly<Record<string, WirePart>>[];
}

/** What a request does, from its target and body. @param tables - the logical name of each physical one. */
export function wireCallsOf({ target, body }: CallRecord, tables: ReadonlyMap<string, string>): WireCall[] {
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
