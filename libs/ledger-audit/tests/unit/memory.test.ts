import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checkLedger } from '@cnop/ledger-audit';
import { createDatabase } from '@cnop/database-core';
import { createEndlessTables } from '../support/endless-tables.ts';

jest.setTimeout(120_000);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory in use, in megabytes. */
function usedMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('the memory of an audit', () => {
  it('does not grow with orders and journal entries', async () => {
    const early: number[] = [];
    const late: number[] = [];
    const tables = createEndlessTables({
      pages: 14,
      itemsPerPage: 400,
      onPage: (page) => {
        if (page === 3) early.push(usedMegabytes());
        if (page === 13) late.push(usedMegabytes());
      },
    });
    const database = createDatabase({
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      tables: { ledger: 'ledger', orders: 'orders' },
      requestHandler: tables.requestHandler,
    });

    const report = await checkLedger(database, { segments: 1 });

    expect(report).toMatchObject({ brokenCount: 0, counts: { orders: 5_600, transactions: 5_601 } });
    // Between the measurements 4,000 orders, and as many entries, pass by; kept, they would take more than 4 MB.
    expect(early).toHaveLength(2);
    expect(late[0]! - early[0]!).toBeLessThan(1.5);
    expect(late[1]! - early[1]!).toBeLessThan(1.5);
  });
});
