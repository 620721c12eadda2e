import { randomUUID } from 'node:crypto';
import { capturePostings, holdPostings, releasePostings } from '@cnop/entities-ledger';
import { afterTick, judgeTick, type Asset } from '@cnop/entities-inventory';
import { toAssetItem, toTickItem } from '@cnop/entities-inventory/table';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { holdPriceOf, needOf, sideOf, type Order, type OrderFill } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import type { TestLedger } from './test-ledger.ts';

/** Sound standing orders of `ada` on AAPL at prices in cents, with their entries, put past every flow. */
export interface StandingOrders {
  /** The time of the tick with this number: the first, 0, was an hour ago, and each is 10 s after the one before. */
  at(tick: number): string;
  /** Puts AAPL with a tick of each price. */
  list(prices: readonly bigint[], overrides?: Partial<Asset>): Promise<Asset>;
  /** An order for 5, open since tick 0, that holds what it needs. */
  place(order: Partial<Order> & Pick<Order, 'orderType'>): Promise<Order>;
  /** The order once it is filled at a price, by default wholly. */
  fill(
    order: Order,
    fill: Partial<OrderFill> & Pick<OrderFill, 'priceMinor'>,
    changes?: Partial<Order>,
  ): Promise<Order>;
  /** The order once it has ended so and its hold was released. */
  end(order: Order, status: Order['status'], changes?: Partial<Order>): Promise<Order>;
}

const unpriced = {
  priceMinor: undefined,
  priceAsOf: undefined,
  executablePriceMinor: undefined,
  executableAsOf: undefined,
  executableSource: undefined,
  priceSource: undefined,
};
const usd = { code: 'USD', scale: 2 };
const aapl = { code: 'AAPL', scale: 0 };

export function createStandingOrders(ledger: TestLedger): StandingOrders {
  const start = Math.floor(ledger.database.clock.now().getTime() / 1_000) * 1_000 - 3_600_000;
  const at = (tick: number) => new Date(start + tick * 10_000).toISOString();

  return {
    at,
    list: async (prices, overrides = {}) => {
      let asset: Asset = { ...makeAsset(), ...unpriced, ...overrides };

      for (const [index, priceMinor] of prices.entries()) {
        const price = { asOf: at(index), priceMinor, source: 'feed' };
        const tick = judgeTick(asset, price, { acceptedAt: at(index) });
        asset = afterTick(asset, tick);
        await ledger.put('inventory', toTickItem(tick, { writeId: 'w' }));
      }
      await ledger.put('inventory', toAssetItem(asset, { termsWriteId: 'w' }));
      return asset;
    },
    place: async (overrides) => {
      const isBuy = sideOf(overrides.orderType) === 'BUY';
      const draft = makeOrder({
        orderId: randomUUID(),
        owner: 'ada',
        status: 'QUEUED',
        quantityMinor: 5n,
        activeAsOf: at(0),
        expiresAt: '2099-01-01T00:00:00.000Z',
        createdAt: at(0),
        updatedAt: at(0),
        ...overrides,
      });
      const priced = { ...draft, ...(isBuy && { holdPriceMinor: holdPriceOf(draft) }) };
      const heldMinor = needOf(priced);
      const { owner, orderId } = priced;
      const postings = holdPostings({ ...(isBuy ? usd : aapl), amountMinor: heldMinor });
      const entry = { owner, transactionType: 'ORDER_HOLD', orderId, postings } as const;
      const holdTransactionId = await ledger.move(entry, { opened: 1 });

      return await ledger.putOrder({ ...priced, heldMinor, holdTransactionId });
    },
    fill: async (order, { priceMinor, ...fill }, changes = {}) => {
      const { owner, orderId, orderType } = order;
      const side = sideOf(orderType);
      const before = order.fills.reduce((sum, each) => sum + each.quantityMinor, 0n);
      const quantityMinor = fill.quantityMinor ?? order.quantityMinor - before;
      const notionalMinor = priceMinor * quantityMinor;
      const isOver = before + quantityMinor === order.quantityMinor;
      const executedAt = at(300);
      const made = makeFill({ executedAt, ...fill, priceMinor, quantityMinor, notionalMinor });
      const next: Order = {
        ...order,
        ...(isOver ? { status: 'COMPLETED', endedAt: executedAt } : { status: 'PROCESSING' }),
        fills: [...order.fills, made],
        ...changes,
      };
      const heldMinor = isOver ? 0n : needOf(next);
      const transactionId = await ledger.move(
        {
          owner,
          orderId,
          transactionType: 'ORDER_PAYMENT',
          postings: capturePostings({
            side,
            cash: { ...usd, amountMinor: notionalMinor },
            asset: { ...aapl, amountMinor: quantityMinor },
            heldMinor: order.heldMinor - heldMinor,
          }),
          fill: { priceMinor, priceScale: 2, quantityMinor, quantityScale: 0, side },
        },
        { opened: isOver ? -1 : 0 },
      );

      return await ledger.putOrder({ ...next, heldMinor, fills: [...order.fills, { ...made, transactionId }] });
    },
    end: async (order, status, changes = {}) => {
      const { owner, orderId, orderType, heldMinor } = order;
      const postings = releasePostings({ ...(sideOf(orderType) === 'BUY' ? usd : aapl), amountMinor: heldMinor });
      const entry = { owner, orderId, transactionType: 'ORDER_RELEASE', postings } as const;
      const releaseTransactionId = await ledger.move(entry, { opened: -1 });
      const ended = { status, heldMinor: 0n, releaseTransactionId, endedAt: at(300) };

      return await ledger.putOrder({ ...order, ...ended, ...changes });
    },
  };
}
