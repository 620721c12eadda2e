import { getBalanceDao, type BalanceDao } from '@cnop/dao-ledger';
import { getOrderDao, type OrderDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import { isOpen, type Order } from '@cnop/entities-order';
import { createOrderFlow, type OrderFlow } from '@cnop/flow-order';
import { registerUser } from './register-user.ts';
import type { StandingStrategy } from './standing-strategy.ts';

/** What each has at first, in cents. */
const paidInMinor = 1_000_000n;
/** Orders live for 90 days at most: none is left when the next is placed. */
const monthsBetween = 6;

/** An order as it is, and what it held when it was placed; amounts in minor units. */
export interface TrackedOrder {
  order: Order;
  readonly heldMinor: bigint;
}

/** Registers a user with standing orders, who has ten thousand dollars. */
export async function createStandingTrader(database: Database, strategy: StandingStrategy): Promise<StandingTrader> {
  const { owner } = strategy;
  await registerUser(database, strategy);
  await getBalanceDao(database).createTransaction({
    owner,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: paidInMinor,
    idempotencyKey: 'paid-in',
  });

  return new StandingTrader(database, strategy);
}

/** One user who places standing orders on one stock, and leaves it to the engine to carry them out. */
export class StandingTrader {
  readonly strategy: StandingStrategy;
  /** In the order in which they were placed. */
  readonly tracked: TrackedOrder[] = [];
  readonly paidInMinor = paidInMinor;
  readonly #balances: BalanceDao;
  readonly #orders: OrderDao;
  readonly #flow: OrderFlow;

  constructor(database: Database, strategy: StandingStrategy, flow = createOrderFlow({ database, expiryShards: 1 })) {
    this.strategy = strategy;
    this.#balances = getBalanceDao(database);
    this.#orders = getOrderDao(database);
    this.#flow = flow;
  }

  /** Whether an order is open whose time is over. */
  hasExpired(now: string): boolean {
    return this.#open().some(({ order: { expiresAt } }) => expiresAt !== undefined && expiresAt <= now);
  }

  /** Looks at what became of the open orders, and at the exits that their fills have placed. */
  async look(): Promise<void> {
    for (const each of this.#open()) {
      each.order = await this.#orders.getOrder(each.order.orderId);
      const exits = each.order.exits ?? [];
      for (const { orderId } of exits.filter((exit) => !this.#isKnown(exit.orderId))) {
        const order = await this.#orders.getOrder(orderId);
        this.tracked.push({ order, heldMinor: order.quantityMinor });
      }
    }
  }

  /** Places an order twice a year: to sell what there is, or to buy. */
  async trade(monthIndex: number, prices: ReadonlyMap<string, bigint>): Promise<void> {
    const { owner, assetId, buy, sell } = this.strategy;
    const priceMinor = prices.get(assetId);
    if (priceMinor === undefined || monthIndex % monthsBetween !== 0 || this.#open().length > 0) return;

    const balances = await this.#balances.listBalances(owner);
    const available = (code: string) => balances.find((balance) => balance.code === code)?.availableMinor ?? 0n;
    const view = { priceMinor, cashMinor: available('USD'), sharesMinor: available(assetId) };
    const terms = sell && view.sharesMinor > 0n ? sell(view) : buy(view);
    const { order } = await this.#flow.placeOrder({ owner, order: { ...terms, clientOrderId: `m-${monthIndex}` } });
    this.tracked.push({ order, heldMinor: order.heldMinor });
  }

  #open(): TrackedOrder[] {
    return this.tracked.filter(({ order }) => isOpen(order.status));
  }

  #isKnown(orderId: string): boolean {
    return this.tracked.some(({ order }) => order.orderId === orderId);
  }
}
