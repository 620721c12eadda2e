import { getTriggerStateDao } from '@cnop/dao-order';
import type { Order } from '@cnop/entities-order';
import { toTickItem, assetKey, tickKey } from '@cnop/entities-inventory/table';
import { makeTick } from '@cnop/entities-inventory/testing';
import { checkLedger, type CheckLedgerOptions } from '@cnop/ledger-audit';
import { createDatabase } from '@cnop/database-core';
import { createStandingOrders, type StandingOrders } from '../support/standing-orders.ts';
import { orderKey, type ItemKey, type RawChange } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

describe('the log of ticks', () => {
  const ledger = useLedger();
  let standing: StandingOrders;

  beforeEach(async () => {
    standing = createStandingOrders(ledger());
    await standing.list([1_000n, 990n, 1_010n, 1_000n]);
  });

  const check = (options?: CheckLedgerOptions) => checkLedger(ledger().database, options);
  const tick = (number: number) => tickKey('AAPL', standing.at(number)) as ItemKey;
  const changeTick = (number: number, change: RawChange) => ledger().change('inventory', tick(number), change);
  const changeAsset = (change: RawChange) => ledger().change('inventory', assetKey('AAPL'), change);

  it('is counted with its assets, and is not read where there is no inventory', async () => {
    await standing.list([], { assetId: 'NEW', status: 'INACTIVE' });
    const { ledger: money, orders } = ledger().tables;
    const database = createDatabase({ ...ledger().connection, tables: { ledger: money, orders } });

    expect(await check()).toMatchObject({ broken: [], unsettled: [], counts: { assets: 2, ticks: 4 } });
    expect((await checkLedger(database)).counts).toMatchObject({ assets: 0, ticks: 0 });
    database.close();
  });

  it.each<[string, () => Promise<void>, string]>([
    ['is not before another one', () => changeTick(2, { previousAsOf: standing.at(0) }), 'AAPL'],
    ['names none before it', () => changeTick(2, { previousAsOf: undefined }), 'AAPL'],
    ['names itself', () => changeTick(2, { previousAsOf: standing.at(2) }), 'AAPL'],
    ['names one that is gone', () => ledger().remove('inventory', tick(1)), 'AAPL'],
  ])('finds a tick that %s', async (_, plant, code) => {
    await plant();

    const report = await check();

    expect(rulesOf(report)).toEqual(['tick-chain-broken']);
    expect(report.broken[0]).toMatchObject({ invariant: 6, code });
    expect(keysOf(report.broken[0]!)[0]).toBe(`ASSET#AAPL ${tick(2).sk}`);
  });

  it('finds a tick that names one that is gone though it was accepted just now', async () => {
    const acceptedAt = ledger().database.clock.now().toISOString();
    await changeTick(2, { acceptedAt });
    await changeTick(3, { acceptedAt });
    await ledger().remove('inventory', tick(1));

    expect(rulesOf(await check())).toEqual(['tick-chain-broken']);
  });

  it('accepts that the oldest tick names one that has expired, and so may another', async () => {
    await ledger().remove('inventory', tick(0));
    const [old, gone] = ['2026-01-05T09:30:00.000Z', '2026-01-05T09:31:00.000Z'];
    await ledger().put('inventory', toTickItem(makeTick({ asOf: old }), { writeId: 'w' }));
    await changeTick(1, { previousAsOf: gone });

    expect(await check()).toMatchObject({ broken: [] });
  });

  it.each<[string, () => Promise<void>]>([
    ['is older than the newest tick', () => changeAsset({ priceAsOf: standing.at(2), priceMinor: 1_010n })],
    ['is another one', () => changeAsset({ priceMinor: 1_001n })],
    ['is none', () => changeAsset({ priceAsOf: undefined, priceMinor: undefined })],
    ['is of a tick that was lost', () => ledger().remove('inventory', tick(3))],
    ['is newer than all ticks', () => changeAsset({ priceAsOf: standing.at(9) })],
  ])('finds an asset whose price %s', async (_, plant) => {
    await plant();

    const report = await check();

    expect(rulesOf(report)).toEqual(['tick-not-newest']);
    expect(report.broken[0]).toMatchObject({ invariant: 6, code: 'AAPL' });
    expect(keysOf(report.broken[0]!)[0]).toBe('ASSET#AAPL ASSET');
  });

  it('finds ticks that were accepted in another order', async () => {
    await changeTick(1, { acceptedAt: standing.at(9) });

    const report = await check();

    expect(rulesOf(report)).toEqual(['tick-not-newest']);
    expect(keysOf(report.broken[0]!)).toEqual([`ASSET#AAPL ${tick(2).sk}`, `ASSET#AAPL ${tick(1).sk}`]);
  });

  it('says of a tick that cannot be read only that', async () => {
    await changeTick(1, { priceMinor: 'much' });

    expect(rulesOf(await check())).toEqual(['malformed-item']);
  });

  describe('and the orders that it decides on', () => {
    beforeEach(async () => {
      const postings = [{ code: 'AAPL', bucket: 'available', amountMinor: 1_000n, scale: 0 }] as const;
      await ledger().move({ owner: 'ada', transactionType: 'SYSTEM_ADJUSTMENT', postings: [...postings] });
    });

    const workedOffTo = (number: number) =>
      getTriggerStateDao(ledger().database).saveCheckpoint('AAPL', { asOf: standing.at(number), high: [], low: [] });
    const judged = { judgeTriggers: true };
    const buyAt = (limitPriceMinor: bigint, overrides: Partial<Order> = {}) =>
      standing.place({ orderType: 'LIMIT_BUY', limitPriceMinor, ...overrides });

    it('finds open orders that a tick made due which is worked off', async () => {
      const missed = [
        await buyAt(995n),
        await standing.place({ orderType: 'STOP_LOSS_SELL', stopPriceMinor: 990n }),
        await standing.place({ orderType: 'TRAILING_STOP_SELL', trailAmountMinor: 10n, watermarkMinor: 1_000n }),
        await standing.place({ orderType: 'OCO_SELL', limitPriceMinor: 1_010n, stopPriceMinor: 900n }),
      ];
      await buyAt(989n);
      await buyAt(995n, { activeAsOf: standing.at(1) });
      await buyAt(995n, { setAsideAt: standing.at(2), setAsideCode: 'X' });
      await buyAt(995n, { execution: 'VENUE', maxFills: 32, feeBps: undefined });
      // Due, but only at a tick that is not worked off.
      await standing.place({
        orderType: 'TRAILING_STOP_SELL',
        trailBps: 95,
        watermarkMinor: 1_000n,
        activeAsOf: standing.at(1),
      });
      await workedOffTo(2);

      const report = await check(judged);

      expect(rulesOf(report)).toEqual(missed.map(() => 'order-missed-trigger'));
      expect(new Set(report.broken.map(({ orderId }) => orderId))).toEqual(
        new Set(missed.map(({ orderId }) => orderId)),
      );
      expect(report.broken.find(({ orderId }) => orderId === missed[0]!.orderId)).toMatchObject({
        invariant: 6,
        owner: 'ada',
        expected: `due at ${standing.at(1)}, 990`,
        found: 'QUEUED',
      });
      expect(rulesOf(await check())).toEqual([]);
    });

    it('finds none where nothing tells how far the ticks are worked off', async () => {
      await buyAt(995n);

      expect(rulesOf(await check(judged))).toEqual([]);
    });

    it.each<[string, Record<string, unknown>]>([
      ['has been filled', { status: 'PENDING' }],
      ['has been set aside', { setAsideAt: '2026-11-01T00:00:00.000Z' }],
      ['has been amended', { limitPriceMinor: 900n }],
    ])('drops an order that %s in the meantime', async (_, change) => {
      const order = await buyAt(995n);
      await workedOffTo(2);
      let isFirst = true;
      const sleep = async () => {
        if (isFirst) await ledger().change('orders', orderKey(order.orderId), change);
        isFirst = false;
      };
      const database = createDatabase({ ...ledger().connection, sleep });

      const report = await checkLedger(database, judged);
      database.close();

      expect(isFirst).toBe(false);
      expect(rulesOf(report)).not.toContain('order-missed-trigger');
    });

    it('keeps an order that has been amended and is due all the same', async () => {
      const order = await buyAt(995n);
      await workedOffTo(2);
      const sleep = () => ledger().change('orders', orderKey(order.orderId), { limitPriceMinor: 994n });
      const database = createDatabase({ ...ledger().connection, sleep });

      const report = await checkLedger(database, judged);
      database.close();

      expect(rulesOf(report)).toContain('order-missed-trigger');
    });

    const expired = (overrides: Partial<Order> = {}) => buyAt(989n, { expiresAt: standing.at(2), ...overrides });

    it('finds an order that is open long after its expiry', async () => {
      await workedOffTo(2);
      const order = await expired();

      const report = await check();

      expect(rulesOf(report)).toEqual(['order-overdue']);
      expect(report.broken[0]).toMatchObject({ invariant: 6, orderId: order.orderId, found: 'QUEUED' });
    });

    it('finds it where no tick came that could have filled it', async () => {
      const [activeAsOf, expiresAt] = [standing.at(2), standing.at(4)];
      await expired({ activeAsOf, createdAt: activeAsOf, updatedAt: activeAsOf, expiresAt });
      await ledger().remove('inventory', tick(3));

      expect(rulesOf(await check())).toEqual(['order-overdue', 'tick-not-newest']);
    });

    it('finds it on an asset that is not listed', async () => {
      await expired({ assetId: 'GONE' });

      expect(rulesOf(await check())).toContain('order-overdue');
    });

    it('leaves one that is in its grace, set aside, at a venue, or waits for its ticks to be worked off', async () => {
      const recent = new Date(ledger().database.clock.now().getTime() - 60_000).toISOString();
      await workedOffTo(3);
      await expired({ expiresAt: recent });
      await expired({ setAsideAt: standing.at(1), setAsideCode: 'X' });
      await expired({ execution: 'VENUE', maxFills: 32, feeBps: undefined });
      expect(rulesOf(await check())).toEqual([]);
      expect(rulesOf(await check({ expiryGraceMs: 0 }))).toEqual(['order-overdue']);
    });

    it('leaves one whose ticks are still to be worked off', async () => {
      await workedOffTo(1);
      await expired();

      expect(rulesOf(await check())).toEqual([]);
    });

    it('finds a trail that was filled by a tick which its watermark did not make due', async () => {
      const trail = { orderType: 'TRAILING_STOP_SELL', trailAmountMinor: 15n, watermarkMinor: 1_000n } as const;
      const sound = await standing.place({ ...trail, trailAmountMinor: 10n });
      await standing.fill(sound, { priceMinor: 990n, tickAsOf: standing.at(1) });
      const late = await standing.place({ ...trail, trailAmountMinor: 10n });
      await standing.fill(late, { priceMinor: 1_000n, tickAsOf: standing.at(3) });
      const never = await standing.place(trail);
      await standing.fill(never, { priceMinor: 990n, tickAsOf: standing.at(1) });

      const report = await check(judged);

      expect(rulesOf(report)).toEqual(['fill-outside-terms', 'fill-outside-terms']);
      expect(new Set(report.broken.map(({ orderId }) => orderId))).toEqual(new Set([late.orderId, never.orderId]));
      expect(rulesOf(await check())).toEqual([]);
    });
  });
});
