import { createDatabase, readItem, type Database } from '@cnop/database-core';
import { toClaimItem } from '@cnop/entities-ledger/table';
import { emailKey, userKey } from '@cnop/entities-user/table';
import { checkLedger } from '@cnop/ledger-audit';
import { balanceKey, orderKey, transactionKey, type TestLedger } from '../support/test-ledger.ts';
import { rulesOf, useLedger } from '../support/use-ledger.ts';
import { errorAnswer, watchHttp, type HttpAnswer, type OnAnswer } from '../support/watched-http.ts';

/** What is read looks broken at first; then something happens before it is read again. */
describe('what looks broken is read again', () => {
  const ledger = useLedger();
  const waitsMs: number[] = [];

  beforeEach(() => {
    waitsMs.length = 0;
  });

  let database: Database | undefined;
  afterEach(() => database?.close());

  const watch = (onAnswer: OnAnswer): Database => (database = watched(ledger(), { onAnswer, waitsMs }));

  it('drops a balance that was only read at another time than its journal', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });
    const database = watch(async (operation) => {
      if (operation === 'Query')
        await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 100_000n });
      return undefined;
    });

    const report = await checkLedger(database);

    expect(report).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
    expect(waitsMs).toEqual([50]);
  });

  it('drops a count of open orders that was only read at another time than the orders', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('orders', orderKey(order.orderId), { status: 'PENDING' });
    const mend = once(() => ledger().change('orders', orderKey(order.orderId), { status: 'QUEUED' }));
    const database = watch(async (operation) => {
      if (operation === 'Query') await mend();
      return undefined;
    });

    const report = await checkLedger(database);

    expect(rulesOf(report)).not.toContain('open-orders-differ');
    expect(rulesOf(report)).not.toContain('held-differs-from-open-orders');
  });

  it('waits longer each time, and reports apart what never stands still', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });
    let version = 100;
    const database = watch(async (operation) => {
      if (operation === 'Query') await ledger().change('ledger', balanceKey('ada', 'USD'), { version: (version += 1) });
      return undefined;
    });

    const report = await checkLedger(database);

    expect(report).toMatchObject({ broken: [], brokenCount: 0, unsettledCount: 1 });
    expect(report.unsettled).toMatchObject([{ rule: 'available-differs-from-postings', owner: 'ada', code: 'USD' }]);
    expect(waitsMs).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });

  it('asks for the same break at the same version twice', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });
    let round = 0;
    const database = watch(async (operation, body) => {
      // After each whole round the balance moves on; only the fourth round meets it as the third left it.
      if (operation === 'BatchGetItem' && body.includes('BALANCE#')) {
        round += 1;
        if (round <= 2) await ledger().change('ledger', balanceKey('ada', 'USD'), { version: 100 + round });
      }
      return undefined;
    });

    const report = await checkLedger(database);

    expect(report.brokenCount).toBe(1);
    expect(round).toBe(4);
  });

  it('is not misled by a balance that becomes unreadable, or by entries that do', async () => {
    const order = await ledger().queue('ada');
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });
    let isFirst = true;
    const database = watch(async (operation) => {
      if (operation === 'Query' && isFirst) {
        isFirst = false;
        await ledger().change('ledger', balanceKey('ada', 'USD'), { scale: 'two' });
        await ledger().change('ledger', transactionKey('ada', order.holdTransactionId!), { status: 'LOST' });
      }
      return undefined;
    });

    const report = await checkLedger(database);

    expect(report.broken).toEqual([]);
  });

  it.each<[string, (ledger: TestLedger) => Promise<() => Promise<void>>]>([
    [
      'an order whose entry becomes visible',
      async ({ remove, put, trade, database, tables }) => {
        const order = await trade('ada');
        const key = transactionKey('ada', order.fills[0]!.transactionId);
        const entry = await take({ database, tables, remove }, 'ledger', key);
        return () => put('ledger', entry);
      },
    ],
    [
      'an order that is deleted',
      async ({ change, remove, queue }) => {
        const { orderId, holdTransactionId } = await queue('ada');
        await change('orders', orderKey(orderId), { status: 'COMPLETED', heldMinor: undefined });
        return async () => {
          await remove('orders', orderKey(orderId));
          await remove('ledger', transactionKey('ada', holdTransactionId!));
          await change('ledger', balanceKey('ada', 'USD'), { availableMinor: 100_000n, heldMinor: 0n, openOrders: 0 });
        };
      },
    ],
  ])('drops %s', async (_, plant) => {
    const mend = once(await plant(ledger()));
    const database = watch(async (operation, body) => {
      if (operation === 'BatchGetItem' && body.includes('TXN#')) await mend();
      return undefined;
    });

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
  });

  it.each<[string, (ledger: TestLedger) => Promise<() => Promise<void>>]>([
    [
      'an entry whose order becomes visible',
      async ({ remove, put, trade, database, tables }) => {
        const order = await trade('ada');
        const item = await take({ database, tables, remove }, 'orders', orderKey(order.orderId));
        return () => put('orders', item);
      },
    ],
    [
      'an entry whose order becomes visible but cannot be read',
      async ({ remove, put, trade, database, tables }) => {
        const order = await trade('ada');
        const item = await take({ database, tables, remove }, 'orders', orderKey(order.orderId));
        return () => put('orders', { ...item, status: 'LOST' });
      },
    ],
    [
      'an entry that is deleted',
      async ({ remove, queue, change }) => {
        const order = await queue('ada');
        await remove('orders', orderKey(order.orderId));
        return async () => {
          await remove('ledger', transactionKey('ada', order.holdTransactionId!));
          await change('ledger', balanceKey('ada', 'USD'), { availableMinor: 100_000n, heldMinor: 0n, openOrders: 0 });
        };
      },
    ],
  ])('drops %s', async (_, plant) => {
    const mend = once(await plant(ledger()));
    const database = watch(async (operation, body) => {
      if (operation === 'BatchGetItem' && body.includes('ORDER#')) await mend();
      return undefined;
    });

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
  });

  it('drops a claim whose entry becomes visible', async () => {
    const transactionId = '01KE6X5Z3V7Q2M9T4B8N1C0DFG';
    await ledger().put('ledger', toClaimItem({ ...claim, transactionId }));
    const mend = once(() =>
      ledger().putEntry({
        owner: 'ada',
        transactionId,
        status: 'PENDING',
        idempotencyKey: 'k',
        postings: [{ code: 'USD', bucket: 'available', amountMinor: 1n, scale: 2 }],
      }),
    );
    const database = watch(async (operation, body) => {
      if (operation === 'BatchGetItem' && body.includes(transactionId)) await mend();
      return undefined;
    });

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
  });

  it('says nothing of a claim whose entry cannot be read', async () => {
    const transactionId = await ledger().putEntry({
      owner: 'ada',
      status: 'PENDING',
      postings: [{ code: 'USD', bucket: 'available', amountMinor: 1n, scale: 2 }],
    });
    await ledger().put('ledger', toClaimItem({ ...claim, transactionId }));
    await ledger().change('ledger', transactionKey('ada', transactionId), { status: 'LOST' });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual(['malformed-item']);
  });

  it.each<[string, (ledger: TestLedger) => Promise<() => Promise<void>>]>([
    [
      'an e-mail claim that is given up',
      async ({ put, remove }) => {
        const extra = {
          ...emailKey('old@example.com'),
          owner: 'ghost',
          createdAt: '',
          writeId: '',
          schemaVersion: 1,
        };
        await put('users', extra);
        return () => remove('users', emailKey('old@example.com'));
      },
    ],
    [
      'a profile that has got another address meanwhile',
      async ({ change, remove, put }) => {
        await remove('users', emailKey('ada@example.com'));
        const taken = { ...emailKey('new@example.com'), owner: 'ada', createdAt: '', writeId: '', schemaVersion: 1 };
        return async () => {
          await put('users', taken);
          await change('users', userKey('ada'), { email: 'new@example.com' });
        };
      },
    ],
  ])('drops %s', async (_, plant) => {
    const mend = once(await plant(ledger()));
    const database = watch(async (operation, body) => {
      if (operation === 'GetItem' && /ghost|EMAIL#ada/.test(body)) await mend();
      return undefined;
    });

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
  });

  it('skips an address that is given up between the scan and its turn', async () => {
    const extra = { ...emailKey('old@example.com'), owner: 'ghost', createdAt: '', writeId: '', schemaVersion: 1 };
    await ledger().put('users', extra);
    const mend = once(() => ledger().remove('users', emailKey('old@example.com')));
    const database = watch(async (operation, body) => {
      if (operation === 'Scan' && body.includes('ProjectionExpression')) await mend();
      return undefined;
    });

    expect(await checkLedger(database, { segments: 1 })).toMatchObject({ brokenCount: 0, counts: { emailClaims: 1 } });
  });

  it('gives up as unsettled what transactions never let it read', async () => {
    await ledger().register('bob');
    const order = await ledger().trade('ada');
    await ledger().remove('orders', orderKey(order.orderId));
    await ledger().trade('ada');
    const moving = await ledger().trade('ada');
    await ledger().change('orders', orderKey(moving.orderId), { quantityMinor: 3n });
    await ledger().put('ledger', toClaimItem(claim));
    await ledger().remove('users', emailKey('ada@example.com'));
    await ledger().change('users', userKey('bob'), { email: 'new@example.com' });
    const conflict = { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] };
    const database = watch(async (operation): Promise<HttpAnswer | undefined> =>
      operation === 'TransactGetItems' ? errorAnswer('TransactionCanceledException', conflict) : undefined,
    );

    const report = await checkLedger(database);

    expect(report).toMatchObject({ broken: [], brokenCount: 0, unsettledCount: 6 });
    expect(report.unsettled.map(({ rule }) => rule).sort()).toEqual([
      'claim-entry-missing',
      'email-claim-missing',
      'email-claim-missing',
      'email-claim-not-used',
      'entry-names-missing-order',
      'fills-differ-from-quantity',
    ]);
  });

  it('gives up as unsettled an order that moves on each time', async () => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { quantityMinor: 3n });
    let version = 100;
    const database = watch(async (operation) => {
      if (operation === 'GetItem')
        await ledger().change('orders', orderKey(order.orderId), { version: (version += 1) });
      return undefined;
    });

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0, unsettledCount: 1 });
  });

  it.each([
    ['Scan', 'ResourceNotFoundException', 'DATABASE_ERROR'],
    ['Scan', 'ThrottlingException', 'THROTTLED'],
    ['Scan', 'InternalServerError', 'DATABASE_UNAVAILABLE'],
    ['Query', 'ResourceNotFoundException', 'DATABASE_ERROR'],
    ['TransactGetItems', 'ResourceNotFoundException', 'DATABASE_ERROR'],
  ])('throws when a %s is answered with %s', async (wanted, name, code) => {
    const order = await ledger().trade('ada');
    await ledger().change('orders', orderKey(order.orderId), { quantityMinor: 3n });
    const status = name === 'InternalServerError' ? 500 : 400;
    const database = watch(async (operation): Promise<HttpAnswer | undefined> =>
      operation === wanted ? errorAnswer(name, {}, status) : undefined,
    );

    await expect(checkLedger(database)).rejects.toMatchObject({ code });
  });

  const claim = {
    owner: 'ada',
    actor: 'ada',
    key: 'k',
    requestHash: 'hash',
    transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
    status: 'ACCEPTED',
    createdAt: '2026-01-05T09:30:00.000Z',
    writeId: 'w-1',
  } as const;
});

/** The same tables, apart from the inventory, through another client, whose answers something happens after. It never waits. */
function watched(
  { tables: { users, ledger, orders } }: TestLedger,
  { onAnswer, waitsMs }: { readonly onAnswer: OnAnswer; readonly waitsMs: number[] },
): Database {
  return createDatabase({
    region: 'us-east-1',
    endpoint: process.env.DYNAMODB_ENDPOINT!,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables: { users, ledger, orders },
    requestHandler: watchHttp(onAnswer),
    retry: { maxAttempts: 1 },
    sleep: async (ms) => {
      waitsMs.push(ms);
    },
  });
}

/** Takes an item away, to put it back later. */
async function take(
  { database, tables, remove }: Pick<TestLedger, 'database' | 'tables' | 'remove'>,
  table: 'users' | 'ledger' | 'orders',
  key: { readonly pk: string; readonly sk: string },
): Promise<Record<string, unknown>> {
  const item = await readItem(database, { tableName: tables[table], key: { ...key } });
  await remove(table, key);
  return item!;
}

function once(run: () => Promise<unknown>): () => Promise<void> {
  let isDone = false;

  return async () => {
    if (isDone) return;
    isDone = true;
    await run();
  };
}
