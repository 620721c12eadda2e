import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { AssetDao } from '@cnop/dao-inventory';
import { meterRequests } from '@cnop/database-core';
import { inventoryErrors } from '@cnop/entities-inventory';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { ledgerErrors } from '@cnop/entities-ledger';
import { orderErrors } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { userErrors } from '@cnop/entities-user';
import { makeUserCreate } from '@cnop/entities-user/testing';
import * as exceptions from '@cnop/exceptions';
import {
  cancelTransaction,
  crashAfter,
  crashBefore,
  crashUnderway,
  internalServerError,
  refusalOf,
  runParallel,
} from '@cnop/testing';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

// The faults of this system's predecessor, each of which must not come back.

const market = useTestMarket();
const { balances, clock, database, flow, orders, prices, users } = market;
const assets = new AssetDao({ database });

const trade = (owner: string, orderType: 'MARKET_BUY' | 'MARKET_SELL', rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType, assetId: 'AAPL', quantity: '1', ...rest },
});
const buy = (owner: string, rest: object = {}) => trade(owner, 'MARKET_BUY', rest);
const sell = (owner: string, rest: object = {}) => trade(owner, 'MARKET_SELL', rest);

beforeEach(() => {
  clock.set('2026-01-05T09:30:00.000Z');
  prices.set({ priceMinor: 1_000n });
});

describe('fault 1: a sell without holdings credits cash', () => {
  it('refuses it, and credits nothing', async () => {
    const owner = await market.trader({ usd: 100n });

    const refusal = await refusalOf(flow.placeOrder(sell(owner)));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'AAPL', available: '0', required: '1' },
    });
    await expect(market.available(owner)).resolves.toEqual({ USD: 100n });
  });

  it('sells what is there once, also when sells race', async () => {
    const owner = await market.trader({ aapl: 1n });

    const { answers } = await runParallel(8, () => flow.placeOrder(sell(owner)));

    expect(answers).toHaveLength(1);
    await expect(market.available(owner)).resolves.toEqual({ USD: 1_000n });
  });
});

describe('fault 2: amounts that are read, changed and written back lose updates', () => {
  it('100 + 50 − 30 is 120 in any order, and not 70', async () => {
    for (let round = 0; round < 8; round += 1) {
      prices.set({ priceMinor: 3_000n });
      const owner = await market.trader({ usd: 10_000n });
      const moves = [() => market.deposit(owner, 5_000n), () => flow.placeOrder(buy(owner))];

      await Promise.all(moves.map((move) => move()));

      await expect(market.available(owner)).resolves.toEqual({ USD: 12_000n, AAPL: 1n });
    }
  });
});

describe('fault 3: a failure between separate writes leaves an order without its asset', () => {
  it.each([0, 1, 2, 3])('writes all of an order or nothing, if item %i fails', async (index) => {
    const owner = await market.trader({ usd: 10_000n });
    const items = await market.itemsOf(owner);
    const { flow: faulty, http } = market.connect({ retry: { maxAttempts: 1 } });
    http.script(
      'TransactWriteItems',
      cancelTransaction(...['None', 'None', 'None', 'None'].with(index, 'TransactionConflict')),
    );

    await refusalOf(faulty.placeOrder(buy(owner)));

    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it('takes no cash for an asset that it cannot give', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const other = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: 'AAPL', scale: 3, amountMinor: 1n } as const;
    await balances.createTransaction(other);
    const items = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.placeOrder(buy(owner)));

    expect(refusal.code).toBe('BALANCE_SCALE_MISMATCH');
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it.each([crashBefore(), crashAfter(), crashUnderway()])(
    'leaves a whole order or none when the process dies ($name)',
    async (death) => {
      const owner = await market.trader({ usd: 10_000n });
      const { flow: doomed, http } = market.connect();
      http.script('TransactWriteItems', death);

      void doomed.placeOrder(buy(owner));
      await http.crashed;

      const done = death.name === 'crash after';
      await expect(market.available(owner)).resolves.toEqual(done ? { USD: 9_000n, AAPL: 1n } : { USD: 10_000n });
      expect((await orders.getOrdersByUser({ owner })).items).toHaveLength(done ? 1 : 0);
    },
  );
});

describe('fault 4: a retry buys twice', () => {
  it('executes an order once, however often it is sent', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { answers } = await runParallel(8, () => flow.placeOrder(buy(owner, { clientOrderId: 'a-1' })));

    expect(new Set(answers.map(({ order }) => order.orderId)).size).toBe(1);
    await expect(market.available(owner)).resolves.toEqual({ USD: 9_000n, AAPL: 1n });
  });

  it('puts an order over no other, even if ids clash', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const clash = market.connect({ ids: { ...database.ids, uuid: () => order.orderId, ulid: database.ids.ulid } });

    const refusal = await refusalOf(clash.flow.placeOrder(buy(owner, { quantity: '2' })));

    expect(refusal.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(order);
    await expect(market.available(owner)).resolves.toEqual({ USD: 9_000n, AAPL: 1n });
  });

  it('draws ids that do not clash', async () => {
    const owner = await market.trader({ usd: 100_000n });

    const { answers } = await runParallel(64, () => flow.placeOrder(buy(owner)));

    expect(new Set(answers.map(({ order }) => order.orderId)).size).toBe(64);
  });
});

describe('fault 5: a lock that excludes nobody, and that a crash leaves behind', () => {
  it('takes no lock: who comes after a crash trades at once', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: doomed, http } = market.connect();
    http.script('TransactWriteItems', crashBefore());
    void doomed.placeOrder(buy(owner));
    await http.crashed;

    await expect(flow.placeOrder(buy(owner))).resolves.toMatchObject({ order: { status: 'COMPLETED' } });
  });

  it('leaves no item behind that is not an order, an entry, a balance or a profile', async () => {
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner, { clientOrderId: 'a-1' }));

    const items = await market.itemsOf(owner);

    const kinds = new Set(items.map(({ sk }) => String(sk).split('#')[0]));
    expect([...kinds].sort()).toEqual(['BALANCE', 'ORDER', 'PROFILE', 'TXN']);
  });

  it('excludes all the same: cash is spent once', async () => {
    const owner = await market.trader({ usd: 1_000n });

    const { answers, codes } = await runParallel(16, () => flow.placeOrder(buy(owner)));

    expect([answers.length, codes.length]).toEqual([1, 15]);
  });
});

describe('fault 6: a second registration replaces the first', () => {
  it('makes one user of 16 racing registrations, with the password of the one that won', async () => {
    const registrations = Array.from({ length: 16 }, (_, index) =>
      makeUserCreate({ username: 'racer', email: `racer-${index}@example.com`, password: `password number ${index}` }),
    );

    const { answers, codes } = await runParallel(16, (index) => users.createUser(registrations[index]!));

    const winner = registrations.find(({ email }) => email === answers[0]?.user.email);
    expect(codes).toEqual(Array(15).fill('USERNAME_TAKEN'));
    await expect(users.verifyPassword({ username: 'racer', password: winner!.password })).resolves.toMatchObject({
      email: winner!.email,
    });
  });

  it('leaves the balance of a user alone', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const again = await refusalOf(users.createUser(makeUserCreate({ username: owner, email: 'again@example.com' })));
    const balance = await refusalOf(balances.createBalance({ owner, code: 'USD' }));

    expect([again.code, balance.code]).toEqual(['USERNAME_TAKEN', 'BALANCE_EXISTS']);
    await expect(market.available(owner)).resolves.toEqual({ USD: 10_000n });
  });

  it('gives an e-mail address to one of 16 who want it at once', async () => {
    const { answers, codes } = await runParallel(16, (index) =>
      users.createUser(makeUserCreate({ username: `sharer-${index}`, email: 'Shared@Example.com' })),
    );

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array(15).fill('EMAIL_TAKEN'));
  });
});

describe('fault 7: the client sets the price of a market order', () => {
  it.each(['price', 'limitPrice', 'notional', 'status', 'owner', 'totalAmount'])(
    'refuses an order that brings its own %s',
    async (field) => {
      const owner = await market.trader({ usd: 10_000n });

      const refusal = await refusalOf(flow.placeOrder(buy(owner, { [field]: '0.01' })));

      expect(refusal).toMatchObject({
        code: 'VALIDATION_FAILED',
        details: { issues: [{ pointer: `/order/${field}`, rule: 'unrecognized_keys' }] },
      });
    },
  );

  it('lets the client cap the price, never set it', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder(buy(owner, { maxPrice: '50.00' }));

    expect(order.fills).toMatchObject([{ priceMinor: 1_000n, notionalMinor: 1_000n }]);
  });
});

describe('fault 8: a completed order becomes pending again', () => {
  it.each(['PENDING', 'CONFIRMED', 'QUEUED', 'PROCESSING', 'FAILED', 'EXPIRED', 'CANCELLED'] as const)(
    'refuses COMPLETED to %s',
    async (status) => {
      const owner = await market.trader({ usd: 10_000n });
      const { order } = await flow.placeOrder(buy(owner));

      const refusal = await refusalOf(orders.updateOrderStatus({ orderId: order.orderId, status }));

      expect(refusal.code).toBe(status === 'CANCELLED' ? 'ORDER_NOT_CANCELLABLE' : 'ORDER_TRANSITION_ILLEGAL');
      await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(order);
    },
  );

  it.each(['COMPLETED', 'QUEUED', 'PROCESSING'] as const)(
    'refuses %s without the money that belongs to it',
    async (status) => {
      const owner = await market.trader();
      const { order } = await orders.createOrder(makeOrderDraft({ owner }));

      const refusal = await refusalOf(orders.updateOrderStatus({ orderId: order.orderId, status }));

      expect(refusal.code).toBe('ORDER_TRANSITION_ILLEGAL');
    },
  );
});

describe('fault 9: history that cannot be reached', () => {
  it('lists entries and orders newest first, page after page to the first one, each once', async () => {
    const owner = await market.trader({ usd: 100_000n });
    const placed: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      clock.advance(1_000);
      placed.unshift((await flow.placeOrder(buy(owner))).order.orderId);
    }
    const listed: string[] = [];
    let cursor: string | undefined;

    do {
      const page = await orders.getOrdersByUser({ owner, limit: 3, ...(cursor !== undefined && { cursor }) });
      listed.push(...page.items.map(({ orderId }) => orderId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const first = await balances.getUserTransactions({ owner, limit: 3 });
    const { items, nextCursor } = await balances.getUserTransactions({
      owner,
      limit: 5,
      cursor: first.nextCursor!,
    });

    expect(listed).toEqual(placed);
    expect([...first.items, ...items].map(({ orderId }) => orderId)).toEqual([...placed, undefined]);
    expect(nextCursor).toBeUndefined();
  });
});

describe('fault 10: floats for price and quantity', () => {
  it('adds up 0.1 and 0.2 to exactly 0.3, and back to nothing', async () => {
    prices.set({ asset: { assetId: 'GRAM', decimals: 1 }, priceMinor: 10n });
    const owner = await market.trader({ usd: 100n });
    const gram = (quantity: string) => ({ assetId: 'GRAM', quantity });

    await flow.placeOrder(buy(owner, gram('0.1')));
    await flow.placeOrder(buy(owner, gram('0.2')));
    await expect(market.available(owner)).resolves.toEqual({ USD: 97n, GRAM: 3n });
    await flow.placeOrder(sell(owner, gram('0.3')));

    await expect(market.available(owner)).resolves.toEqual({ USD: 100n });
  });

  it('keeps every digit of an amount beyond 2^53', async () => {
    const cents = 9_007_199_254_740_993n;
    const owner = await market.trader({ usd: cents });

    await flow.placeOrder(buy(owner));

    await expect(market.available(owner)).resolves.toEqual({ USD: cents - 1_000n, AAPL: 1n });
  });

  it('never gives cash more decimals than the currency has', async () => {
    const owner = await market.trader({ usd: 100_000n });

    await flow.placeOrder(buy(owner, { assetId: 'BTC', quantity: '0.01234567' }));
    await flow.placeOrder(sell(owner, { assetId: 'BTC', quantity: '0.01234567' }));

    // 0.01234567 BTC at 61234.57 USD is 755.9818… USD: paid as 755.99, received as 755.98.
    await expect(market.available(owner)).resolves.toEqual({ USD: 99_999n });
  });

  it('refuses an amount that is a JSON number', async () => {
    const owner = await market.trader({ usd: 100n });
    const quantity = 0.1 as unknown as string;

    await expect(refusalOf(flow.placeOrder(buy(owner, { quantity })))).resolves.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('fault 11: two entries of one instant leave one row', () => {
  it('keeps every entry of 32 that are made in the same millisecond', async () => {
    const owner = await market.trader({ usd: 100_000n });

    await runParallel(32, () => flow.placeOrder(buy(owner)));

    const journal = await market.journal(owner);
    expect(new Set(journal.map(({ createdAt }) => createdAt)).size).toBe(1);
    expect(journal.filter(({ transactionType }) => transactionType === 'ORDER_PAYMENT')).toHaveLength(32);
  });
});

describe('fault 12: scans for lists, and single reads called a batch', () => {
  it('lists assets by a Query of keys and one BatchGetItem, and looks up many by one BatchGetItem', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `BATCH-${index}`);
    await runParallel(ids.length, (index) => assets.createAsset(makeAssetCreate({ assetId: ids[index]! })));
    const meter = meterRequests(database);

    const listed = await assets.getAssets({ status: 'ACTIVE', limit: 100 });
    const { found } = await assets.getAssetsByIds(ids);
    meter.stop();

    expect(listed.items).toHaveLength(50);
    expect(found.map(({ assetId }) => assetId)).toEqual(ids);
    expect(meter.requests.map(({ target, items }) => ({ target, items }))).toEqual([
      { target: 'Query', items: 0 },
      { target: 'BatchGetItem', items: 50 },
      { target: 'BatchGetItem', items: 50 },
    ]);
  });

  it('scans nothing to place, refund or list orders', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const meter = meterRequests(database);

    const { order } = await flow.placeOrder(buy(owner));
    await flow.refundOrder({ orderId: order.orderId });
    await orders.getOrdersByUser({ owner });
    await orders.getOrdersByUserAndAsset({ owner, assetId: 'AAPL' });
    await orders.getOrdersByUserAndStatus({ owner, status: 'COMPLETED' });
    await balances.getUserTransactions({ owner, transactionType: 'ORDER_REFUND' });
    meter.stop();

    expect(meter.requests.map(({ target }) => target)).not.toContain('Scan');
  });
});

describe('fault 13: prices of any age are traded on', () => {
  it('refuses a price older than the maximum age, on both sides', async () => {
    const owner = await market.trader({ usd: 10_000n, aapl: 1n });
    clock.advance(60_001);

    const refusals = [await refusalOf(flow.placeOrder(buy(owner))), await refusalOf(flow.placeOrder(sell(owner)))];

    expect(refusals.map(({ code }) => code)).toEqual(['PRICE_STALE', 'PRICE_STALE']);
    expect(refusals[0]?.details).toEqual({
      assetId: 'AAPL',
      priceAsOf: '2026-01-05T09:30:00.000Z',
      maxAgeMs: 60_000,
    });
  });

  it('keeps the time and the source of the price on the order', async () => {
    const owner = await market.trader({ usd: 10_000n });
    clock.advance(59_000);

    const { order } = await flow.placeOrder(buy(owner));

    expect(order).toMatchObject({
      priceAsOf: '2026-01-05T09:30:00.000Z',
      priceSource: 'test-feed',
      createdAt: '2026-01-05T09:30:59.000Z',
    });
  });
});

describe('fault 14: two error classes of one name', () => {
  const isErrorClass = (each: unknown): each is exceptions.ErrorClass & { readonly name: string } =>
    typeof each === 'function' && each.prototype instanceof exceptions.DomainError;
  const classes = [exceptions.sharedErrors, userErrors, ledgerErrors, orderErrors, inventoryErrors].flatMap((errors) =>
    Object.values<unknown>(errors).filter(isErrorClass),
  );

  it('has one class per name and one per code', () => {
    const kinds = [...new Set(classes)];

    expect(kinds.length).toBeGreaterThan(30);
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
    expect(new Set(kinds.map(({ code }) => code)).size).toBe(kinds.length);
  });

  it('reports contention as what it is, and not as a fault of the server', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: faulty, http } = market.connect({ retry: { maxAttempts: 2 } });
    const conflict = cancelTransaction('None', 'None', 'TransactionConflict', 'None');
    http.script('TransactWriteItems', conflict, conflict);

    const error = await refusalOf(faulty.placeOrder(buy(owner)));

    expect(error).toMatchObject({ name: 'ContentionError', code: 'CONTENTION', retryable: true });
    expect(exceptions.toProblemDetails(error).status).not.toBe(500);
  });

  it('reports an unknown outcome as unknown, and not as a failed order', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: faulty, http } = market.connect({ retry: { maxAttempts: 1 } });
    http.script('TransactWriteItems', internalServerError());

    const error = await refusalOf(faulty.placeOrder(buy(owner, { clientOrderId: 'a-1' })));

    expect(error).toMatchObject({ name: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN', retryable: true });
  });
});

describe('fault 15: answers that tell who is a user, and fields that vanish', () => {
  it('refuses an unknown user and a wrong password alike', async () => {
    const { user } = await users.createUser(makeUserCreate({ username: 'known', email: 'known@example.com' }));
    const { username: owner } = user;

    const refusals = await Promise.all([
      refusalOf(users.verifyPassword({ username: owner, password: 'another password' })),
      refusalOf(users.verifyPassword({ username: 'nobody-at-all', password: 'another password' })),
      refusalOf(users.verifyPassword({ username: 'Not a name!', password: 'another password' })),
    ]);

    const [first] = refusals.map((refusal) => exceptions.toProblemDetails(refusal));
    expect(first).toMatchObject({ code: 'CREDENTIALS_INVALID', status: 401 });
    for (const refusal of refusals) expect(exceptions.toProblemDetails(refusal)).toEqual(first);
  });

  it('keeps every field of a registration, and refuses one that it does not know', async () => {
    const { password, ...fields } = makeUserCreate({
      username: 'complete',
      email: 'complete@example.com',
      phone: '+31201234567',
      dateOfBirth: '1990-02-28',
      marketingEmailsConsent: true,
      dataSharingConsent: true,
    });

    await users.createUser({ ...fields, password });
    const refusal = await refusalOf(
      users.createUser({ ...makeUserCreate({ username: 'surplus' }), nickname: 'S.' } as never),
    );

    await expect(users.getUserByUsername('complete')).resolves.toMatchObject(fields);
    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/nickname' }] } });
    await expect(refusalOf(users.getUserByUsername('surplus'))).resolves.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

it('leaves nothing in the tables that belongs to nobody', async () => {
  const { Items = [] } = await database.reader.send(new ScanCommand({ TableName: database.tableName('orders') }));

  expect(Items.filter(({ owner }) => !market.owners.includes(String(owner)))).toEqual([]);
});
