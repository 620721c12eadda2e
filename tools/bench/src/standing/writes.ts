import type { Figure } from '../report.ts';
import type { Consumption } from './consumption.ts';
import { openExchange } from './exchange.ts';
import { openDesk } from './write-desk.ts';
import { writeRows, type WriteRow } from './write-rows.ts';

/** A row with what it took. */
export interface MeasuredWrite {
  readonly row: WriteRow;
  readonly consumed: Consumption;
}

/** Does every kind of write once, each at an asset of its own, and reads what the DynamoDB says that it consumed. */
export async function measureWriteRows(): Promise<MeasuredWrite[]> {
  const exchange = await openExchange();
  const measured: MeasuredWrite[] = [];

  try {
    for (const [index, row] of writeRows.entries()) {
      const desk = await openDesk(exchange, `GLD${index}`, row.terms);
      measured.push({ row, consumed: await row.measure(desk) });
    }
    return measured;
  } finally {
    await exchange.stop();
  }
}

/** What each write of standing orders costs, beside what follows from its items. */
export async function measureWrites(): Promise<Figure[]> {
  const measured = await measureWriteRows();

  return measured.map(({ row: { name, stated }, consumed }) => ({
    part: 'standing-writes',
    name,
    contender: 'cnop',
    values: {
      writes: consumed.writes,
      items: consumed.items,
      writeUnits: consumed.writeUnits,
      indexUnits: consumed.indexUnits,
      statedWriteUnits: stated.writeUnits,
      statedIndexUnits: stated.indexUnits,
      reads: consumed.requests - consumed.writes,
      readUnits: consumed.readUnits,
    },
  }));
}
