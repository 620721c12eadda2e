import type { Database } from '@cnop/database-core';

/** What DynamoDB says that some requests consumed. */
export interface Consumption {
  readonly requests: number;
  /** Requests that write. */
  readonly writes: number;
  /** Items that they wrote. */
  readonly items: number;
  readonly writeUnits: number;
  /** Write units of the indexes. */
  readonly indexUnits: number;
  readonly readUnits: number;
  /** Queries of an index, and the entries that they have read. */
  readonly indexQueries: number;
  readonly scanned: number;
}

/** Counts what requests consume, from now on. */
export interface ConsumptionMeter {
  read(): Consumption;
  stop(): void;
}

interface Units {
  readonly CapacityUnits?: number;
}

interface TableUnits extends Units {
  readonly Table?: Units;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>>;
}

interface Result {
  readonly ConsumedCapacity?: TableUnits | readonly TableUnits[];
  readonly ScannedCount?: number;
}

interface Input {
  readonly TransactItems?: readonly unknown[];
  readonly IndexName?: string;
}

const writing = /^(TransactWrite|Put|Update|Delete)/;
let meters = 0;

/** Asks for the consumption of each request, by table and index, and adds up what comes back. */
function meterConsumption({ reader, writer }: Database): ConsumptionMeter {
  const name = `consumption-${(meters += 1)}`;
  const total = {
    requests: 0,
    writes: 0,
    items: 0,
    writeUnits: 0,
    indexUnits: 0,
    readUnits: 0,
    indexQueries: 0,
    scanned: 0,
  };
  const count = (command: string, input: Input, result: Result) => {
    const tables = [result.ConsumedCapacity ?? []].flat();
    const table = sum(tables.map(({ Table, CapacityUnits }) => Table?.CapacityUnits ?? CapacityUnits ?? 0));
    const indexes = sum(
      tables.flatMap(({ GlobalSecondaryIndexes = {} }) =>
        Object.values(GlobalSecondaryIndexes).map(({ CapacityUnits = 0 }) => CapacityUnits),
      ),
    );

    total.requests += 1;
    if (writing.test(command)) {
      total.writes += 1;
      total.items += input.TransactItems?.length ?? 1;
      total.writeUnits += table;
      total.indexUnits += indexes;
    } else total.readUnits += table + indexes;
    if (input.IndexName !== undefined) {
      total.indexQueries += 1;
      total.scanned += result.ScannedCount ?? 0;
    }
  };

  for (const { middlewareStack } of [reader, writer]) {
    middlewareStack.add(
      (next, context) => async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' };
        const result = await next({ ...args, input });
        count(String(context.commandName), input as Input, result.output as Result);
        return result;
      },
      { name, step: 'initialize', priority: 'low' },
    );
  }
  return {
    read: () => ({ ...total }),
    stop: () => {
      for (const { middlewareStack } of [reader, writer]) middlewareStack.remove(name);
    },
  };
}

/** What one call consumes. */
export async function consumptionOf(database: Database, call: () => Promise<unknown>): Promise<Consumption> {
  const meter = meterConsumption(database);

  try {
    await call();
  } finally {
    meter.stop();
  }
  return meter.read();
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
