import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { getBalanceDao } from '@cnop/dao-ledger';
import {
  divideLadder,
  toExpiryCheckpointItem,
  toLadderPartItem,
  toTriggerCursorItem,
  toWorkerLeaseItem,
} from '@cnop/entities-order/table';
import { makeOrder } from '@cnop/entities-order/testing';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import { claimKey, toClaimItem, type Claim } from '@cnop/entities-ledger/table';
import { sharedErrors, serializeError } from '@cnop/exceptions';
import { emailKey, toEmailClaimItem, userKey } from '@cnop/entities-user/table';
import { checkLedger } from '@cnop/ledger-audit';
import { balanceKey, orderKey, transactionKey, type TestLedger } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

const available = (code: string, amountMinor: bigint, scale = 2) =>
  ({ code, bucket: 'available', amountMinor, scale }) as const;
/** What refused a claim. */
const refusal = serializeError(new sharedErrors.ThrottledError({ attempts: 1 }));
const held = (code: string, amountMinor: bigint) => ({ code, bucket: 'held', amountMinor, scale: 2 }) as const;

describe('invariant 4: every entry has the shape of its type', () => {
  const ledger = useLedger();

  it.each<[string, Pick<BalanceTransaction, 'transactionType' | 'postings'>]>([
    ['a negative deposit', { transactionType: 'DEPOSIT', postings: [available('USD', -1n)] }],
    ['a deposit of two postings', { transactionType: 'DEPOSIT', postings: [available('USD', 1n), held('USD', 1n)] }],
    ['a positive withdrawal', { transactionType: 'WITHDRAW', postings: [available('USD', 1n)] }],
    ['an adjustment of nothing', { transactionType: 'SYSTEM_ADJUSTMENT', postings: [available('USD', 0n)] }],
    ['no postings at all', { transactionType: 'DEPOSIT', postings: [] }],
  ])('finds %s', async (_, entry) => {
    const transactionId = await ledger().putEntry({ owner: 'ada', ...entry });

    const { broken } = await checkLedger(ledger().database);

    const finding = broken.find(({ invariant }) => invariant === 4)!;
    expect(finding).toMatchObject({ rule: 'entry-shape-wrong', owner: 'ada', transactionId });
    expect(finding.found).toMatch(/^There must be one posting|must not be zero/);
    expect(keysOf(finding)).toEqual([`OWNER#ada TXN#${transactionId}`]);
  });

  it.each<[string, BalanceTransaction['postings'], RegExp]>([
    ['hold that does not net to zero', [available('USD', -5_000n), held('USD', 5_001n)], /net to zero within USD/],
    ['hold of two codes', [available('USD', -5_000n), held('EUR', 5_000n)], /two postings of one code/],
    ['hold the wrong way round', [available('USD', 5_000n), held('USD', -5_000n)], /must move USD into held/],
  ])('finds a %s', async (_, postings, found) => {
    const order = await ledger().queue('ada');
    await ledger().change('ledger', transactionKey('ada', order.holdTransactionId!), { postings });

    await expectShape(ledger(), order.holdTransactionId!, found);
  });

  it('finds a release that does not net to zero', async () => {
    const order = await ledger().cancel('ada');
    const postings = [available('USD', 5_000n), held('USD', -4_999n)];
    await ledger().change('ledger', transactionKey('ada', order.releaseTransactionId!), { postings });

    await expectShape(ledger(), order.releaseTransactionId!, /net to zero within USD/);
  });

  it.each<[string, object, RegExp]>([
    [
      'cash that is not price times quantity',
      { postings: [available('USD', -2_001n), available('AAPL', 2n, 0)] },
      /The cash must move by -2000/,
    ],
    [
      'an asset that is not the quantity',
      { postings: [available('USD', -2_000n), available('AAPL', 3n, 0)] },
      /The asset must move by 2/,
    ],
    ['no fill', { fill: undefined }, /must carry its fill/],
    [
      'a product beyond 10^24',
      { fill: { priceMinor: 10n ** 24n, priceScale: 0, quantityMinor: 2n, quantityScale: 0, side: 'BUY' } },
      /within 10\^24/,
    ],
    [
      'a price beyond 10^24',
      { fill: { priceMinor: 10n ** 24n + 1n, priceScale: 0, quantityMinor: 2n, quantityScale: 0, side: 'BUY' } },
      /from 1 to 10\^24/,
    ],
    [
      'a scale of 19',
      { fill: { priceMinor: 1n, priceScale: 19, quantityMinor: 2n, quantityScale: 0, side: 'BUY' } },
      /scales from 0 to 18/,
    ],
    ['no order', { orderId: undefined }, /must name its order/],
  ])('finds a payment with %s', async (_, change, found) => {
    const { fills } = await ledger().trade('ada');
    await ledger().change('ledger', transactionKey('ada', fills[0]!.transactionId), { ...change });

    await expectShape(ledger(), fills[0]!.transactionId, found);
  });

  it('rounds up what a buyer pays and down what a seller receives', async () => {
    const buyer = await ledger().trade('ada');
    const seller = await ledger().trade('ada', 'MARKET_SELL');
    const fill = { priceMinor: 10_000_005n, priceScale: 6, quantityMinor: 2n, quantityScale: 0 };
    await ledger().change('ledger', transactionKey('ada', buyer.fills[0]!.transactionId), {
      fill: { ...fill, side: 'BUY' },
    });
    await ledger().change('ledger', transactionKey('ada', seller.fills[0]!.transactionId), {
      fill: { ...fill, side: 'SELL' },
    });

    const { broken } = await checkLedger(ledger().database);

    const shapes = broken.filter(({ rule }) => rule === 'entry-shape-wrong');
    expect(shapes.map(({ transactionId }) => transactionId)).toEqual([buyer.fills[0]!.transactionId]);
    expect(shapes[0]!.found).toContain('rounded up');
  });

  it('finds a refund that gives on both sides', async () => {
    const order = await ledger().refund('ada');
    const postings = [available('USD', 2_000n), available('AAPL', 2n, 0)];
    await ledger().change('ledger', transactionKey('ada', order.refundTransactionId!), { postings });

    await expectShape(ledger(), order.refundTransactionId!, /opposite signs/);
  });

  it('finds a deposit that names an order', async () => {
    const transactionId = await ledger().deposit('ada', 1n);
    await ledger().change('ledger', transactionKey('ada', transactionId), { orderId: randomUUID() });

    await expectShape(ledger(), transactionId, /must name no order/);
  });
});

async function expectShape(ledger: TestLedger, transactionId: string, found: RegExp): Promise<void> {
  const { broken } = await checkLedger(ledger.database);

  const finding = broken.find(({ rule }) => rule === 'entry-shape-wrong');
  expect(finding).toMatchObject({ invariant: 4, owner: 'ada', transactionId });
  expect(finding!.found).toMatch(found);
  expect(keysOf(finding!)).toEqual([`OWNER#ada TXN#${transactionId}`]);
}

describe('idempotency claims', () => {
  const ledger = useLedger();

  const claim = (overrides: Partial<Claim>): Claim => ({
    owner: 'ada',
    actor: 'ada',
    key: 'k#1',
    requestHash: 'hash',
    transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
    status: 'ACCEPTED',
    createdAt: '2026-01-05T09:30:00.000Z',
    writeId: 'w-1',
    ...(overrides.status === 'REFUSED' && { refusal }),
    ...overrides,
  });

  it('accepts those that the DAO makes, and refusals', async () => {
    const failed = await ledger().putEntry({ owner: 'ada', status: 'FAILED', postings: [available('USD', 1n)] });
    await getBalanceDao(ledger().database).createTransaction({
      owner: 'ada',
      actor: 'root',
      transactionType: 'SYSTEM_ADJUSTMENT',
      code: 'AAPL',
      scale: 0,
      amountMinor: 5n,
      idempotencyKey: 'k#2',
    });
    await ledger().put('ledger', toClaimItem(claim({ status: 'REFUSED' })));
    await ledger().put('ledger', toClaimItem(claim({ status: 'REFUSED', key: 'k3', transactionId: failed })));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual([]);
    expect(report.counts.idempotencyClaims).toBe(3);
  });

  it('finds an accepted one without its entry', async () => {
    await ledger().put('ledger', toClaimItem(claim({})));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['claim-entry-missing']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, owner: 'ada', transactionId: claim({}).transactionId });
    expect(keysOf(report.broken[0]!)).toEqual(['OWNER#ada KEY#ada#k#1']);
  });

  it('finds an accepted one that names the entry of another key', async () => {
    const transactionId = await ledger().deposit('ada', 1n);
    await ledger().put('ledger', toClaimItem(claim({ transactionId })));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['claim-entry-differs']);
    expect(keysOf(report.broken[0]!)).toEqual(['OWNER#ada KEY#ada#k#1', `OWNER#ada TXN#${transactionId}`]);
  });

  it.each([undefined, '', 'no', '{}', '{"code":"X"}'])('finds a refused one whose refusal is %j', async (text) => {
    const refused = claim({ status: 'REFUSED' });
    await ledger().put('ledger', toClaimItem(refused));
    await ledger().change('ledger', claimKey('ada', 'ada', refused.key), { refusal: text });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['refused-claim-without-refusal']);
    expect(keysOf(report.broken[0]!)).toEqual(['OWNER#ada KEY#ada#k#1']);
  });

  it('finds a refused one whose entry was made', async () => {
    const transactionId = await ledger().deposit('ada', 1n);
    await ledger().put('ledger', toClaimItem(claim({ transactionId, status: 'REFUSED' })));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['refused-claim-has-entry']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, transactionId, found: 'COMPLETED' });
  });
});

describe('e-mail claims', () => {
  const ledger = useLedger();
  const adaEmail = 'ada@example.com';

  it('finds a profile whose address is not claimed', async () => {
    await ledger().remove('users', emailKey(adaEmail));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['email-claim-missing']);
    expect(report.broken[0]).toMatchObject({ invariant: 5, owner: 'ada' });
    expect(report.broken[0]!.items).toEqual([
      expect.objectContaining({ pk: 'USER#ada', sk: 'PROFILE', email: adaEmail, version: 1 }),
    ]);
    expect(JSON.stringify(report)).not.toMatch(/argon2|Byron/);
  });

  it('finds an address that another user claims', async () => {
    await ledger().register('bob');
    await ledger().change('users', emailKey(adaEmail), { username: 'bob' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['email-claim-not-used', 'email-claim-of-other-user']);
    expect(report.broken.map(({ owner }) => owner).sort()).toEqual(['ada', 'bob']);
  });

  it('finds a claim of a user who does not exist', async () => {
    const extra = { email: 'x@example.com', username: 'ghost', createdAt: '2026-01-05T09:30:00.000Z', writeId: 'w-1' };
    await ledger().put('users', toEmailClaimItem(extra));

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['email-claim-without-profile']);
    expect(keysOf(report.broken[0]!)).toEqual(['EMAIL#x@example.com CLAIM']);
  });

  it('finds a claim that its user does not use', async () => {
    await ledger().change('users', userKey('ada'), { email: 'new@example.com' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['email-claim-missing', 'email-claim-not-used']);
  });
});

describe('items that cannot be read', () => {
  const ledger = useLedger();
  const long = 'x'.repeat(2_000);
  const failedId = '01KE6X5Z3V7Q2M9T4B8N1C0DFF';

  it.each<[string, { pk: string; sk: string }, Record<string, unknown>]>([
    ['balance', balanceKey('ada', 'USD'), { availableMinor: 'much' }],
    ['balance', balanceKey('ada', 'USD'), { availableMinor: undefined }],
    ['balance', balanceKey('ada', 'USD'), { availableMinor: 0.5 }],
    ['profile', userKey('ada'), { email: undefined }],
    ['profile', userKey('ada'), { email: long }],
    ['e-mail claim', emailKey('ada@example.com'), { username: 7 }],
    ['e-mail claim', emailKey('ada@example.com'), { username: long }],
    ['journal entry', transactionKey('ada', failedId), { transactionType: 'GIFT' }],
    ['journal entry', transactionKey('ada', failedId), { postings: 'none' }],
    ['journal entry', transactionKey('ada', failedId), { postings: [7] }],
    ['idempotency claim', claimKey('ada', 'ada', 'k'), { status: 'MAYBE' }],
    ['idempotency claim', claimKey('ada', 'ada', 'k'), { transactionId: long }],
  ])('reports a %s', async (_, key, change) => {
    await ledger().putEntry({
      owner: 'ada',
      status: 'FAILED',
      transactionId: failedId,
      postings: [available('USD', 1n)],
    });
    await ledger().put('ledger', toClaimItem(refusedClaim));
    await ledger().change(key.pk.startsWith('OWNER#') ? 'ledger' : 'users', key, change);

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['malformed-item']);
    expect(keysOf(report.broken[0]!)).toEqual([`${key.pk} ${key.sk}`]);
    expect(report.broken[0]!.found).toBeDefined();
  });

  const refusedClaim: Claim = {
    owner: 'ada',
    actor: 'ada',
    key: 'k',
    requestHash: 'hash',
    transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
    status: 'REFUSED',
    refusal,
    createdAt: '2026-01-05T09:30:00.000Z',
    writeId: 'w-1',
  };

  it.each<[string, Record<string, unknown>]>([
    ['unknown status', { status: 'LOST' }],
    ['quantity that is no integer', { quantityMinor: 0.5 }],
    ['missing user', { owner: undefined }],
    ['id that fits no key', { holdTransactionId: long }],
    ['empty id', { refundTransactionId: '' }],
  ])('reports an order with an %s', async (_, change) => {
    const order = await ledger().putOrder(makeOrder({ owner: 'ada', status: 'PENDING' }));
    await ledger().change('orders', orderKey(order.orderId), change);

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['malformed-item']);
    expect(keysOf(report.broken[0]!)).toEqual([`ORDER#${order.orderId} ORDER`]);
  });

  it('says nothing twice of an order and an entry that cannot be read', async () => {
    const bought = await ledger().trade('ada');
    const sold = await ledger().trade('ada', 'MARKET_SELL');
    await ledger().change('orders', orderKey(bought.orderId), { status: 'LOST' });
    await ledger().change('ledger', transactionKey('ada', sold.fills[0]!.transactionId), { status: 'LOST' });

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report).filter((rule) => !rule.startsWith('available-'))).toEqual([
      'malformed-item',
      'malformed-item',
    ]);
  });

  it('survives numbers that are no integer and beyond what a number holds', async () => {
    const { database, tables } = ledger();
    const order = await ledger().putOrder(makeOrder({ owner: 'ada', status: 'PENDING' }));
    // The document client cannot write such a number, so the document is changed by arithmetic.
    for (const [TableName, Key, name] of [
      [tables.ledger, balanceKey('ada', 'USD'), 'availableMinor'],
      [tables.orders, orderKey(order.orderId), 'quantityMinor'],
    ] as const) {
      await database.reader.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName,
                Key,
                UpdateExpression: 'SET #name = :large + :half',
                ExpressionAttributeNames: { '#name': name },
                ExpressionAttributeValues: { ':large': 10n ** 25n, ':half': 0.5 },
              },
            },
          ],
        }),
      );
    }

    const { broken } = await checkLedger(database);

    expect(broken.map(({ rule }) => rule)).toEqual(['malformed-item', 'malformed-item']);
    expect(broken[1]!.items[0]).toMatchObject({ availableMinor: '10000000000000000000000000.5' });
  });

  it('leaves sessions alone, which are no part of the ledger', async () => {
    await ledger().put('users', { pk: 'USER#ada', sk: 'SESSION#1', secret: 'x' });

    const report = await checkLedger(ledger().database);

    expect(report).toMatchObject({ brokenCount: 0, counts: { others: 1, orders: 0 } });
  });

  it('leaves what the workers of standing orders keep beside the orders', async () => {
    const stamp = { createdAt: '2026-01-05T09:30:00.000Z', writeId: 'w-1' };
    const asOf = stamp.createdAt;
    const [part] = divideLadder([{ anchor: asOf, markMinor: 5n }], { kind: 'HIGH', asOf, stored: [] });
    if (!part) throw new Error('There is no part.');
    const items = [
      toTriggerCursorItem({ assetId: 'BTC', asOf, parts: [part.name] }, stamp),
      toLadderPartItem({ assetId: 'BTC', ...part }, stamp),
      toExpiryCheckpointItem({ hour: '2026-01-05T09' }, stamp),
      toWorkerLeaseItem({ assetId: 'BTC', holder: 'worker-1', leasedUntil: asOf }, stamp),
    ];
    for (const item of items) await ledger().put('orders', item);

    const report = await checkLedger(ledger().database);

    expect(report).toMatchObject({ brokenCount: 0, counts: { others: 4, orders: 0 } });
  });

  it.each<[table: 'users' | 'ledger' | 'orders', key: { pk: string; sk: string }]>([
    ['users', { pk: 'RATE#1', sk: 'LIMIT' }],
    ['orders', { pk: 'ORDER#1', sk: 'LINK' }],
    ['ledger', { pk: 'OWNER#ada', sk: 'BONUS#1' }],
    ['ledger', { pk: 'USER#ada', sk: 'BALANCE#USD' }],
  ])('finds an item that the table of %s does not hold, %j', async (table, key) => {
    await ledger().put(table, { ...key, secret: 'x' });

    const report = await checkLedger(ledger().database);

    expect(report).toMatchObject({ brokenCount: 1, counts: { others: 1 } });
    expect(report.broken[0]).toMatchObject({ invariant: 4, rule: 'unknown-item', items: [{ pk: key.pk }] });
  });
});
