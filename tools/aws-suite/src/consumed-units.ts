import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Database } from '@cnop/database-core';

const name = 'cnop-consumed-units';

/** Asks DynamoDB what the writes of some work consume: write units of the tables themselves, and of their indexes. */
export async function consumedUnits({ writer }: Database, work: () => Promise<unknown>) {
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
