import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { Database } from '@cnop/database-core';

/** Writes of several items as a database sends them. */
export interface CapturedWrites {
  readonly inputs: TransactWriteItemsCommandInput[];
  stop(): void;
}

/** Keeps the transactions that a database sends from now on. */
export function captureWrites({ writer }: Database): CapturedWrites {
  const inputs: TransactWriteItemsCommandInput[] = [];
  const name = 'captured-writes';

  writer.middlewareStack.add(
    (next, context) => (args) => {
      if (String(context.commandName).startsWith('TransactWrite'))
        inputs.push(args.input as TransactWriteItemsCommandInput);
      return next(args);
    },
    { name, step: 'initialize', priority: 'low' },
  );
  return { inputs, stop: () => void writer.middlewareStack.remove(name) };
}

/** The same writes to the tables of another store. */
export function toTables(
  { TransactItems = [], ...rest }: TransactWriteItemsCommandInput,
  tables: ReadonlyMap<string, string>,
): TransactWriteItemsCommandInput {
  const renamed = <TWrite extends { TableName: string | undefined }>(write: TWrite): TWrite => ({
    ...write,
    TableName: tables.get(write.TableName ?? ''),
  });

  return {
    ...rest,
    TransactItems: TransactItems.map(({ Put, Update }) => ({
      ...(Put && { Put: renamed(Put) }),
      ...(Update && { Update: renamed(Update) }),
    })),
  };
}

/** The writes by the owner whose balances they change, in order. */
export function byOwner(inputs: readonly TransactWriteItemsCommandInput[]): TransactWriteItemsCommandInput[][] {
  const owners = new Map<string | undefined, TransactWriteItemsCommandInput[]>();

  for (const input of inputs) {
    const keys = (input.TransactItems ?? []).map(({ Update }) => Update?.Key?.['pk']?.S);
    const owner = keys.find((pk) => pk?.startsWith('OWNER#') === true);
    owners.set(owner, [...(owners.get(owner) ?? []), input]);
  }
  return [...owners.values()];
}
