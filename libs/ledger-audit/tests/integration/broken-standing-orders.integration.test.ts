import { exitIdFor, type Order } from '@cnop/entities-order';
import { toOrderItem } from '@cnop/entities-order/table';
import { assetKey, tickKey } from '@cnop/entities-inventory/table';
import { createDatabase } from '@cnop/database-core';
import { checkLedger, type BrokenInvariant, type CheckLedgerOptions } from '@cnop/ledger-audit';
import { createStandingOrders, type StandingOrders } from '../support/standing-orders.ts';
import { orderKey } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

const orderText = ({ orderId }: Order): string => `ORDER#${orderId} ORDER`;
const guard = { requestHash: 'hash', writeId: 'w' };

describe('invariant 6: standing orders follow the log of ticks', () => {
  const ledger = useLedger();
  let standing: StandingOrders;

  beforeEach(async () => {
    standing = createStandingOrders(ledger());
    const postings = [{ code: 'AAPL', bucket: 'available', amountMinor: 1_000n, scale: 0 }] as const;
    await ledger().move({ owner: 'ada', transactionType: 'SYSTEM_ADJUSTMENT', postings: [...postings] });
    await standing.list([1_000n, 990n, 1_010n, 1_000n]);
  });

  /** Expects one broken rule, about this order. */
  async function expectOnly(rule: string, order: Order, options?: CheckLedgerOptions): Promise<BrokenInvariant> {
    const report = await checkLedger(ledger().database, options);

    expect(rulesOf(report)).toEqual([rule]);
    expect(report.broken[0]).toMatchObject({ orderId: order.orderId, owner: 'ada' });
    return report.broken[0]!;
  }

  const change = (order: Order, changes: Readonly<Record<string, unknown>>) =>
    ledger().change('orders', orderKey(order.orderId), changes);

  const limitBuy = () => standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 900n });
  const atVenue = (overrides: Partial<Order> = {}) =>
    standing.place({
      orderType: 'LIMIT_BUY',
      limitPriceMinor: 900n,
      execution: 'VENUE',
      maxFills: 32,
      feeBps: undefined,
      ...overrides,
    });

  /** An entry at a limit of 9.90 that tick 1 filled, and its exit. */
  async function bracket() {
    const exitTerms = { takeProfitPriceMinor: 1_200n, stopPriceMinor: 800n };
    const placed = await standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 990n, exitTerms });
    const exitId = exitIdFor(placed.orderId, 1);
    const exits = [{ orderId: exitId, quantityMinor: 5n }];
    const entry = await standing.fill(placed, { priceMinor: 990n, tickAsOf: standing.at(1) }, { exits });
    const exit = await standing.place({
      orderId: exitId,
      orderType: 'OCO_SELL',
      limitPriceMinor: 1_200n,
      stopPriceMinor: 800n,
      parentOrderId: placed.orderId,
      activeAsOf: standing.at(1),
      createdAt: standing.at(200),
      updatedAt: standing.at(200),
    });

    return { entry, exit };
  }

  it('accepts orders that are open, filled, expired, failed, set aside, at a venue, and brackets', async () => {
    await limitBuy();
    await standing.place({ orderType: 'STOP_LOSS_SELL', stopPriceMinor: 800n });
    await standing.place({ orderType: 'STOP_LOSS_SELL', stopPriceMinor: 800n, limitPriceMinor: 790n });
    await standing.place({ orderType: 'STOP_LOSS_BUY', stopPriceMinor: 1_200n, maxPriceMinor: 1_260n });
    await standing.place({ orderType: 'TAKE_PROFIT_BUY', stopPriceMinor: 800n });
    await standing.place({ orderType: 'TRAILING_STOP_SELL', trailBps: 500, watermarkMinor: 1_000n });
    await standing.place({
      orderType: 'TRAILING_STOP_BUY',
      trailAmountMinor: 100n,
      watermarkMinor: 1_000n,
      maxPriceMinor: 1_155n,
    });
    await standing.place({
      orderType: 'OCO_SELL',
      limitPriceMinor: 1_200n,
      trailAmountMinor: 90n,
      watermarkMinor: 1_000n,
    });
    await standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 900n, notionalMinor: 4_510n, feeBps: 25 });
    const dip = standing.at(1);
    const high = standing.at(2);
    await standing.fill(await standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n }), {
      priceMinor: 990n,
      tickAsOf: dip,
    });
    await standing.fill(await standing.place({ orderType: 'STOP_LOSS_SELL', stopPriceMinor: 995n }), {
      priceMinor: 990n,
      tickAsOf: dip,
    });
    await standing.fill(
      await standing.place({ orderType: 'TRAILING_STOP_SELL', trailAmountMinor: 10n, watermarkMinor: 1_000n }),
      { priceMinor: 990n, tickAsOf: dip },
    );
    await standing.fill(await standing.place({ orderType: 'TAKE_PROFIT_SELL', stopPriceMinor: 1_010n }), {
      priceMinor: 1_010n,
      tickAsOf: high,
    });
    const stopLimit = { orderType: 'STOP_LOSS_BUY', stopPriceMinor: 1_005n, limitPriceMinor: 1_005n } as const;
    await standing.fill(await standing.place({ ...stopLimit, triggeredAt: high }), {
      priceMinor: 1_000n,
      tickAsOf: standing.at(3),
    });
    await standing.end(await limitBuy(), 'CANCELLED');
    await standing.end(
      await standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 900n, expiresAt: high }),
      'EXPIRED',
    );
    await standing.end(await limitBuy(), 'FAILED', { failureCode: 'ASSET_INACTIVE' });
    const aside = { setAsideAt: standing.at(3), setAsideCode: 'ORDER_NOT_FOUND' };
    await standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor: 900n, ...aside });
    await atVenue();
    await standing.fill(await atVenue(), { priceMinor: 899n, quantityMinor: 2n, venueFillId: 'v1' });
    await atVenue({ endRequested: { status: 'CANCELLED', at: standing.at(3) } });
    await standing.end(await standing.fill(await atVenue(), { priceMinor: 900n, quantityMinor: 2n }), 'CANCELLED');
    await bracket();

    const report = await checkLedger(ledger().database);

    expect(report.broken).toEqual([]);
    expect(report).toMatchObject({ unsettledCount: 0, counts: { openOrders: 14 } });
  });

  describe('trigger-keys-differ', () => {
    it.each<[string, () => Promise<Order>, Record<string, unknown>]>([
      ['another price', limitBuy, { fallSort: '9'.repeat(38) }],
      ['no price', limitBuy, { fallShard: undefined, fallSort: undefined }],
      ['a price too many', limitBuy, { riseShard: 'AAPL#0', riseSort: '0'.repeat(38) }],
      ['another asset', limitBuy, { fallShard: 'MSFT#0' }],
      ['a part that is not read', limitBuy, { fallShard: 'AAPL#1' }],
      ['no number of a part', limitBuy, { fallShard: 'AAPL#00' }],
      ['another hour', limitBuy, { expiryShard: '2099-01-01T01#0' }],
      ['a part of the expiries that is not read', limitBuy, { expiryShard: '2099-01-01T00#4' }],
      ['no expiry', limitBuy, { expiryShard: undefined, expirySort: undefined }],
      ['a list of orders set aside', limitBuy, { fallShard: 'ASIDE#AAPL' }],
      ['a price, at a venue', atVenue, { fallShard: 'AAPL#0' }],
      [
        'an expiry, once it is over',
        async () => await standing.end(await limitBuy(), 'CANCELLED'),
        { expirySort: 'x' },
      ],
    ])('finds %s', async (_, place, changes) => {
      const order = await place();
      await change(order, changes);

      const broken = await expectOnly('trigger-keys-differ', order);

      expect(keysOf(broken)).toEqual([orderText(order)]);
      for (const name of Object.keys(changes)) {
        const stored = changes[name];
        if (stored !== 'x') expect(`${broken.expected} ${broken.found}`).toContain(name);
      }
    });

    it('finds an order that was set aside and is still found by its price', async () => {
      const order = await limitBuy();
      await change(order, { setAsideAt: standing.at(3) });

      await expectOnly('trigger-keys-differ', order);
    });

    it('accepts any part that is read', async () => {
      await ledger().change('inventory', assetKey('AAPL'), { triggerShards: 2, triggerReadShards: 8 });
      const order = await limitBuy();
      await ledger().put('orders', toOrderItem(order, guard, { trigger: 8, expiry: 8 }));
      await change(order, { fallShard: 'AAPL#7', expiryShard: '2099-01-01T00#7' });

      expect(rulesOf(await checkLedger(ledger().database, { expiryShards: 8 }))).toEqual([]);
      await expectOnly('trigger-keys-differ', order, { expiryShards: 7 });
    });

    it('is found without an inventory, where any part may be read', async () => {
      const order = await limitBuy();
      await change(order, { fallShard: 'AAPL#63' });
      const { ledger: money, orders } = ledger().tables;
      const database = createDatabase({ ...ledger().connection, tables: { ledger: money, orders } });

      expect(rulesOf(await checkLedger(database))).toEqual([]);
      await change(order, { fallShard: 'MSFT#0' });
      expect(rulesOf(await checkLedger(database))).toEqual(['trigger-keys-differ']);
      database.close();
    });
  });

  describe('order-hold-differs-from-need', () => {
    it('finds an order that holds for another price, though its entries agree', async () => {
      const order = await limitBuy();
      await change(order, { holdPriceMinor: 899n });

      expect(await expectOnly('order-hold-differs-from-need', order)).toMatchObject({
        invariant: 2,
        expected: '4495',
        found: '4500',
      });
    });

    it('finds a buy without the price that its hold follows from', async () => {
      const order = await limitBuy();
      await change(order, { holdPriceMinor: undefined });

      await expectOnly('order-hold-differs-from-need', order);
    });
  });

  describe('fill-outside-terms', () => {
    const stopLimit: Partial<Order> = {
      orderType: 'STOP_LOSS_SELL',
      stopPriceMinor: 950n,
      limitPriceMinor: 940n,
      holdPriceMinor: undefined,
    };
    const filled = async (order: Partial<Order> & Pick<Order, 'orderType'>, priceMinor: bigint, tick: number) =>
      await standing.fill(await standing.place(order), { priceMinor, tickAsOf: standing.at(tick) });

    it.each<[string, () => Promise<Order>]>([
      ['a buy above its limit', () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 989n }, 990n, 1)],
      ['a sell below its target', () => filled({ orderType: 'TAKE_PROFIT_SELL', stopPriceMinor: 991n }, 990n, 1)],
      [
        'a stop buy above its maximum',
        () => filled({ orderType: 'STOP_LOSS_BUY', stopPriceMinor: 1_001n, maxPriceMinor: 1_009n }, 1_010n, 2),
      ],
      [
        'an OCO below either of its limits',
        () =>
          filled(
            { orderType: 'OCO_SELL', limitPriceMinor: 1_200n, stopPriceMinor: 995n, stopLimitPriceMinor: 991n },
            990n,
            1,
          ),
      ],
      ['a stop that was not touched', () => filled({ orderType: 'STOP_LOSS_SELL', stopPriceMinor: 989n }, 990n, 1)],
      ['another price than that of the tick', () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n }, 989n, 1)],
      ['a tick that was never accepted', () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n }, 990n, 9)],
      ['the tick at which it was placed', () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 1_000n }, 1_000n, 0)],
      [
        'a tick from before it was repriced',
        () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n, repricedAt: standing.at(1) }, 990n, 1),
      ],
      [
        'a tick of its expiry',
        () => filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n, expiresAt: standing.at(1) }, 990n, 1),
      ],
      [
        'a venue, above the limit',
        async () => await standing.fill(await atVenue(), { priceMinor: 901n, venueFillId: 'v1' }),
      ],
      [
        'a stop sell of a venue below its limit',
        async () => await standing.fill(await atVenue(stopLimit), { priceMinor: 939n, venueFillId: 'v1' }),
      ],
    ])('finds %s', async (_, place) => {
      const order = await place();

      const broken = await expectOnly('fill-outside-terms', order);

      expect(broken).toMatchObject({ invariant: 6, transactionId: order.fills[0]!.transactionId });
    });

    it.each([{ executable: undefined }, { paused: true }])(
      'finds a tick that triggers nothing: %j',
      async (changes) => {
        const order = await filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n }, 990n, 1);
        await ledger().change('inventory', tickKey('AAPL', standing.at(1)), changes);

        const broken = await expectOnly('fill-outside-terms', order);

        expect(keysOf(broken)).toEqual([orderText(order), `ASSET#AAPL TICK#${standing.at(1)}`]);
      },
    );

    it('finds a tick that filled an order which never waited', async () => {
      const order = await filled({ orderType: 'LIMIT_BUY', limitPriceMinor: 995n }, 990n, 1);
      await change(order, { activeAsOf: undefined });

      await expectOnly('fill-outside-terms', order);
    });

    it('accepts a sell of a venue at its limit, whatever its stop, and one below its target', async () => {
      const target: Partial<Order> = { ...stopLimit, orderType: 'TAKE_PROFIT_SELL', limitPriceMinor: undefined };
      await standing.fill(await atVenue(stopLimit), { priceMinor: 940n, venueFillId: 'v1' });
      await standing.fill(await atVenue(target), { priceMinor: 949n, venueFillId: 'v1' });

      expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
    });

    it('accepts a fill of a venue at a limit that was amended since, and a tick that may have expired', async () => {
      const fill = { priceMinor: 900n, quantityMinor: 2n, venueFillId: 'v1', executedAt: standing.at(5) };
      const partly = await standing.fill(await atVenue(), fill);
      const holdPriceMinor = 890n;
      await change(partly, { limitPriceMinor: 890n, holdPriceMinor, repricedAt: standing.at(5), heldMinor: 2_670n });
      const long = '2026-01-01T00:00:00.000Z';
      await standing.fill(
        await standing.place({
          orderType: 'LIMIT_BUY',
          limitPriceMinor: 995n,
          activeAsOf: long,
          createdAt: long,
          expiresAt: '2026-01-03T00:00:00.000Z',
        }),
        { priceMinor: 990n, tickAsOf: '2026-01-02T00:00:00.000Z', executedAt: '2026-01-02T00:00:00.000Z' },
      );

      const rules = rulesOf(await checkLedger(ledger().database));

      expect(rules).not.toContain('fill-outside-terms');
    });
  });

  it('finds two fills of one id of a venue', async () => {
    const partly = await standing.fill(await atVenue(), { priceMinor: 899n, quantityMinor: 2n, venueFillId: 'v1' });
    const order = await standing.fill(partly, { priceMinor: 899n, quantityMinor: 1n, venueFillId: 'v1' });

    expect(await expectOnly('venue-fill-twice', order)).toMatchObject({ invariant: 3, found: 'v1' });
  });

  it('finds exits of less than the fills, and a bracket without any', async () => {
    const { entry } = await bracket();
    await change(entry, { exits: [{ ...entry.exits![0]!, quantityMinor: 4n }] });

    expect(await expectOnly('exits-differ-from-fills', entry)).toMatchObject({ expected: '5', found: '4' });
  });

  describe('parent-missing', () => {
    it.each<[string, (entry: Order, exit: Order) => Record<string, unknown>]>([
      ['an entry that does not name it', (entry) => ({ exits: [{ ...entry.exits![0]!, orderId: entry.orderId }] })],
      [
        'an entry that names it at another place',
        (entry, exit) => ({
          exits: [
            { orderId: entry.orderId, quantityMinor: 1n },
            { orderId: exit.orderId, quantityMinor: 4n },
          ],
        }),
      ],
    ])('finds %s', async (_, changesOf) => {
      const { entry, exit } = await bracket();
      await change(entry, changesOf(entry, exit));

      const broken = await expectOnly('parent-missing', exit);

      expect(keysOf(broken)).toEqual([orderText(exit), orderText(entry)]);
    });

    it('finds an exit of no entry', async () => {
      const { exit } = await bracket();
      const parentOrderId = '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70';
      await change(exit, { parentOrderId });

      expect(await expectOnly('parent-missing', exit)).toMatchObject({ expected: parentOrderId });
    });
  });

  it.each<[string, () => Promise<Order>, Record<string, unknown>]>([
    [
      'is over without saying since when',
      async () => await standing.end(await limitBuy(), 'CANCELLED'),
      { endedAt: undefined },
    ],
    ['is open and says that it ended', limitBuy, { endedAt: '2026-01-05T09:30:00.000Z' }],
  ])('finds an order that %s', async (_, place, changes) => {
    const order = await place();
    await change(order, changes);

    expect(await expectOnly('ended-at-differs', order)).toMatchObject({ invariant: 5 });
  });
});
