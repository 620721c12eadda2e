import { orderIdFor, type Order } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import type { ManualClock } from '@cnop/utils';
import type { Services } from '../backend/services.ts';
import { failures } from '../client/attempt.ts';
import { countOf } from '../counts.ts';
import { readTables } from '../judge/resting-tables.ts';
import { market } from '../workload/market.ts';
import { userNamed } from '../workload/money-operations.ts';
import { openingPrice, openingTime, type MarketEvent, type ScheduleSize } from './schedule.ts';

/** A market, and the clock that all who take part in it go by. */
export interface Market {
  readonly services: Services;
  readonly clock: ManualClock;
}

/** What became of each order and balance, and what each user was told, by name. */
export type MarketEnd = ReadonlyMap<string, string>;

/** So much that no order is refused because another one has not been filled yet. */
const plentyMinor = 100_000_000n;

/** Lists the assets, and gives every owner money and assets. */
export async function openMarket({ assetIds, owners }: ScheduleSize, { services, clock }: Market): Promise<void> {
  const { assets, users, balances } = services;
  const { currency, currencyScale, decimals, priceScale } = market;
  clock.set(openingTime);

  for (const assetId of assetIds) {
    await assets.createAsset({ assetId, name: 'Metal', category: 'COMMODITY', currency, decimals, priceScale });
    await assets.setPrice({ assetId, price: openingPrice, asOf: openingTime.toISOString(), source: 'simulation' });
  }
  for (const owner of owners) {
    await users.createUser(userNamed(owner));
    for (const code of [currency, ...assetIds]) {
      const gift = { owner, code, scale: code === currency ? currencyScale : decimals, amountMinor: plentyMinor };
      await balances.createTransaction({ ...gift, transactionType: 'SYSTEM_ADJUSTMENT' });
    }
  }
}

/** Lets one event happen, as often as it takes while workers write to the same items. @returns what its user is told. */
export async function happen(event: MarketEvent, placed: string[], { services, clock }: Market): Promise<string> {
  clock.set(event.at);

  for (;;) {
    try {
      await act(event, placed, services);
      return 'done';
    } catch (error) {
      if (!isDomainError(error)) throw error;
      if (error.code !== 'OUTCOME_UNKNOWN' && !failures.has(error.code)) return error.code;
    }
  }
}

async function act(event: MarketEvent, placed: string[], { assets, flow }: Services): Promise<void> {
  switch (event.do) {
    case 'tick': {
      const { assetId, price, at } = event;
      await assets.setPrice({ assetId, price, asOf: at.toISOString(), source: 'simulation' });
      return;
    }
    case 'place': {
      const { nth, owner, order } = event;
      const idempotencyKey = `order-${nth}`;
      placed[nth] = orderIdFor(owner, idempotencyKey);
      await flow.placeOrder({ owner, order, idempotencyKey });
      return;
    }
    case 'amend':
      await flow.amendOrder({ orderId: placed[event.nth] ?? '', amendment: event.amendment });
      return;
    case 'cancel':
      await flow.cancelOrder({ orderId: placed[event.nth] ?? '' });
      return;
    case 'halt':
      await assets.deactivateAsset(event.assetId);
      return;
    case 'activate':
      await assets.activateAsset(event.assetId);
      return;
    case 'pause':
      await assets.pauseTriggers(event.assetId);
      return;
    case 'resume':
      await assets.resumeTriggers(event.assetId);
  }
}

/** How things are now with every order, an exit of a bracket too, with what everybody has, and what they were told. */
export async function endOf({ services }: Market, told: readonly string[]): Promise<MarketEnd> {
  const { orders, balances } = await readTables(services.database);
  const text = (value: unknown) =>
    JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? String(field) : field));

  return new Map([
    ...orders.map((order) => [`order ${order.orderId}`, text(endOfOrder(order))] as const),
    ...[...balances].map(([owner, amounts]) => [`balances of ${owner}`, text(amounts)] as const),
    ...told.map((answer, index) => [`event ${index}`, answer] as const),
  ]);
}

/** The same in numbers. */
export async function countsOf({ services }: Market, told: readonly string[]) {
  const { orders } = await readTables(services.database);

  return { orders: countOf(orders.map(({ status }) => status)), told: countOf(told) };
}

/** What ticks and users decide of an order: not who worked it off, nor when. */
const endOfOrder = ({ fills, ...order }: Order) => ({
  ...{ type: order.orderType, status: order.status, failureCode: order.failureCode, heldMinor: order.heldMinor },
  ...{ quantityMinor: order.quantityMinor, expiresAt: order.expiresAt, triggeredAt: order.triggeredAt },
  ...{ activeAsOf: order.activeAsOf, repricedAt: order.repricedAt, exits: order.exits },
  ...{ limitPriceMinor: order.limitPriceMinor, stopPriceMinor: order.stopPriceMinor, trailBps: order.trailBps },
  ...{ watermarkMinor: order.watermarkMinor, trailAmountMinor: order.trailAmountMinor },
  fills: fills.map(({ priceMinor, quantityMinor, notionalMinor, feeMinor, tickAsOf }) => ({
    ...{ priceMinor, quantityMinor, notionalMinor, feeMinor, tickAsOf },
  })),
});
