import { toClaimItem } from '@cnop/entities-ledger/table';
import { orderIdFor, type Order } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { checkLedger } from '@cnop/ledger-audit';
import { balanceKey, orderKey, type RawChange, transactionKey } from '../support/test-ledger.ts';
import { rulesOf, useLedger } from '../support/use-ledger.ts';

const ledger = useLedger();
const failedId = '01KE6X5Z3V7Q2M9T4B8N1C0DFF';
const usd = { code: 'USD', bucket: 'available', amountMinor: 1n, scale: 2 } as const;

const check = () => checkLedger(ledger().database);

/** An entry that moves nothing, so that it changes no sum. */
const putFailed = (overrides: object = {}) =>
  ledger().putEntry({ owner: 'ada', status: 'FAILED', transactionId: failedId, postings: [usd], ...overrides });

const pending = (overrides: Partial<Order> = {}) =>
  ledger().putOrder(makeOrder({ owner: 'ada', status: 'PENDING', ...overrides }));

describe('currencies', () => {
  it('are found in a balance of another scale than that of ISO 4217', async () => {
    await ledger().move({
      owner: 'ada',
      transactionType: 'SYSTEM_ADJUSTMENT',
      postings: [{ ...usd, code: 'JPY', scale: 0 }],
    });
    await ledger().change('ledger', balanceKey('ada', 'JPY'), { scale: 2 });

    const { broken } = await check();

    expect(broken.find(({ rule }) => rule === 'currency-scale-wrong')).toMatchObject({
      invariant: 1,
      owner: 'ada',
      code: 'JPY',
      found: '2',
    });
  });

  it('are found in an entry of another scale', async () => {
    await putFailed({ postings: [{ ...usd, scale: 5 }] });

    const report = await check();

    expect(rulesOf(report)).toEqual(['entry-shape-wrong']);
    expect(report.broken[0]!.found).toContain('scale of ISO 4217, 2, not 5');
  });

  it.each(['DEPOSIT', 'WITHDRAW'] as const)('are all that a %s moves', async (transactionType) => {
    const amountMinor = transactionType === 'DEPOSIT' ? 1n : -1n;
    await putFailed({ transactionType, postings: [{ ...usd, code: 'AAPL', scale: 0, amountMinor }] });

    const report = await check();

    expect(rulesOf(report)).toEqual(['entry-shape-wrong']);
    expect(report.broken[0]!.found).toBe('The posting must be of a currency.');
  });
});

describe('names outside their alphabets', () => {
  const at = '2026-01-05T09:30:00.000Z';
  const claim = { owner: 'ada', actor: 'ada', key: 'k', transactionId: failedId, requestHash: 'hash', createdAt: at };

  it.each<[found: string, put: () => Promise<unknown>]>([
    ['owner "a b"', () => putFailed({ owner: 'a b' })],
    ['owner "a#b"', () => putFailed({ owner: 'a#b' })],
    ['transactionId "x"', () => putFailed({ transactionId: 'x' })],
    [`transactionId "${failedId.toLowerCase()}"`, () => putFailed({ transactionId: failedId.toLowerCase() })],
    ['counterparty "b#c"', () => putFailed({ counterparty: 'b#c' })],
    ['actor "#root"', () => putFailed({ actor: '#root' })],
    ['idempotencyKey "a key"', () => putFailed({ idempotencyKey: 'a key' })],
    ['code "usd"', () => putFailed({ transactionType: 'SYSTEM_ADJUSTMENT', postings: [{ ...usd, code: 'usd' }] })],
    [
      'key "a key", transactionId "x"',
      async () => {
        await putFailed({ transactionId: 'x', actor: 'ada' });
        const refused = { ...claim, key: 'a key', transactionId: 'x', status: 'REFUSED', writeId: 'w' } as const;
        await ledger().put('ledger', toClaimItem(refused));
      },
    ],
    ['orderId "o-1"', () => pending({ orderId: 'o-1' })],
    ['owner "-ada"', () => pending({ owner: '-ada' })],
    ['assetId "aapl"', () => pending({ assetId: 'aapl' })],
    ['assetId "XAU"', () => pending({ assetId: 'XAU' })],
    ['currency "XAU"', () => pending({ currency: 'XAU' })],
  ])('are found: %s', async (found, put) => {
    await put();

    const { broken } = await check();

    expect(broken.filter(({ rule }) => rule === 'name-malformed')).toContainEqual(
      expect.objectContaining({ invariant: 4, found }),
    );
  });

  it('are found in a balance', async () => {
    await ledger().move({ owner: 'ada', transactionType: 'SYSTEM_ADJUSTMENT', postings: [{ ...usd, code: 'usd#1' }] });

    const { broken } = await check();

    expect(broken.filter(({ code, found }) => code === 'usd#1' && found === 'code "usd#1"')).toHaveLength(1);
  });
});

describe('orders', () => {
  it.each<[orderType: Order['orderType'], change: RawChange, wrong: object]>([
    ['MARKET_BUY', { maxPriceMinor: 999n }, { expected: 'at most 999', found: '1000' }],
    ['MARKET_SELL', { minPriceMinor: 1_001n }, { expected: 'at least 1001', found: '1000' }],
    ['LIMIT_BUY', { limitPriceMinor: 999n }, { expected: 'at most 999', found: '1000' }],
    ['LIMIT_SELL', { limitPriceMinor: 1_001n }, { expected: 'at least 1001', found: '1000' }],
  ])('are found when a %s has a fill beyond %j', async (orderType, change, wrong) => {
    const order = await ledger().trade('ada', orderType);
    await ledger().change('orders', orderKey(order.orderId), change);

    const report = await check();

    expect(rulesOf(report).filter((rule) => !rule.startsWith('available-'))).toEqual(['fill-beyond-price']);
    expect(report.broken.find(({ rule }) => rule === 'fill-beyond-price')).toMatchObject({ invariant: 3, ...wrong });
  });

  it.each([
    ['MARKET_BUY', { maxPriceMinor: 1_000n, minPriceMinor: 2_000n }],
    ['LIMIT_BUY', { limitPriceMinor: 1_000n }],
  ] as const)('may have fills at the very price of a %s of %j', async (orderType, change) => {
    const order = await ledger().trade('ada', orderType);
    await ledger().change('orders', orderKey(order.orderId), change);

    expect(rulesOf(await check())).toEqual([]);
  });

  it('have the id that owner and client order id make', async () => {
    await pending({ orderId: orderIdFor('ada', 'mine'), clientOrderId: 'mine' });
    const other = await pending({ orderId: orderIdFor('eve', 'mine'), clientOrderId: 'mine' });

    const report = await check();

    expect(rulesOf(report)).toEqual(['order-id-not-derived']);
    expect(report.broken[0]).toMatchObject({
      invariant: 3,
      orderId: other.orderId,
      expected: orderIdFor('ada', 'mine'),
      found: other.orderId,
    });
  });
});

describe('times', () => {
  const [late, early] = ['2026-01-05T09:30:10.001Z', '2026-01-05T09:30:00.000Z'];

  it('are found when an item was updated before it was made', async () => {
    const { orderId } = await pending();
    await putFailed();
    await ledger().change('orders', orderKey(orderId), { createdAt: late, updatedAt: early });
    await ledger().change('ledger', transactionKey('ada', failedId), { createdAt: late, updatedAt: early });
    await ledger().change('ledger', balanceKey('ada', 'USD'), { createdAt: late, updatedAt: early });

    const report = await check();

    expect(rulesOf(report)).toEqual(Array(3).fill('updated-before-created'));
    expect(report.broken[0]).toMatchObject({ invariant: 5, expected: late, found: early });
  });

  it('may be ten seconds apart, as two hosts may be', async () => {
    await putFailed({ createdAt: '2026-01-05T09:30:10.000Z', updatedAt: early });

    expect(rulesOf(await check())).toEqual([]);
  });
});
