import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Database } from '@cnop/database-core';

/** What DynamoDB says that some work cost. */
export interface ConsumedUnits {
  readonly requests: number;
  /** Write units of the tables themselves. */
  readonly table: number;
  readonly indexes: number;
}

const name = 'cnop-consumed-units';

/** Asks DynamoDB what each write of some work consumes. */
export async function consumedUnits({ writer }: Database, work: () => Promise<unknown>): Promise<ConsumedUnits> {
  const consumed: ConsumedCapacity[] = [];
  let requests = 0;

  writer.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' };
      const result = await next({ ...args, input });
      const { ConsumedCapacity: units = [] } = result.output as { ConsumedCapacity?: ConsumedCapacity[] };
      consumed.push(...units);
      return result;
    },
    { step: 'initialize', name },
  );
  try {
    await work();
  } finally {
    writer.middlewareStack.remove(name);
  }

  const table = sum(consumed.map(({ Table }) => Table?.CapacityUnits));
  return { requests, table, indexes: sum(consumed.map(({ CapacityUnits }) => CapacityUnits)) - table };
}

const sum = (units: readonly (number | undefined)[]): number => units.reduce<number>((all, each = 0) => all + each, 0);
