import { randomUUID } from 'node:crypto';
import { getBalanceDao, type BalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { ledgerErrors } from '@cnop/entities-ledger';
import { createOrderFlow, type OrderFlow } from '@cnop/flow-order';
import { formatDecimal } from '@cnop/utils';
import type { MarketView, Random, Strategy, Trade } from './strategy.ts';

/** How many of a trader's orders were executed, refused, and repeated. */
export interface OrderCounts {
  completed: number;
  refused: number;
  replayed: number;
}

const shareScale = 3;

/** Registers a user who trades by a strategy, with random decisions of their own. */
export async function createTrader(database: Database, strategy: Strategy, random: Random): Promise<Trader> {
  await getUserDao(database).createUser({
    username: strategy.owner,
    email: `${strategy.owner}@example.com`,
    password: randomUUID(),
    firstName: strategy.owner,
    lastName: strategy.name,
  });
  return new Trader(database, strategy, random);
}

/** One user with a strategy, trading through the order flow. */
export class Trader {
  readonly strategy: Strategy;
  readonly counts: OrderCounts = { completed: 0, refused: 0, replayed: 0 };
  /** The ids of the orders that were executed. */
  readonly executed: string[] = [];
  depositedMinor = 0n;
  withdrawnMinor = 0n;
  readonly #balances: BalanceDao;
  readonly #flow: OrderFlow;
  readonly #random: Random;

  constructor(database: Database, strategy: Strategy, random: Random) {
    this.strategy = strategy;
    this.#balances = getBalanceDao(database);
    this.#flow = createOrderFlow({ database });
    this.#random = random;
  }

  /** Deposits, decides and trades for one month, then perhaps withdraws. */
  async trade(market: Omit<MarketView, 'cashMinor' | 'holdings'>): Promise<void> {
    const { monthlyDepositMinor, yearlyWithdrawalPercent } = this.strategy;
    await this.#move('DEPOSIT', monthlyDepositMinor, market.monthIndex);
    this.depositedMinor += monthlyDepositMinor;

    const trades = this.strategy.decide({ ...market, ...(await this.#possessions()) }, this.#random);
    for (const [index, trade] of trades.entries()) await this.#order(trade, `${market.monthIndex}-${index}`);

    if (market.monthIndex % 12 === 11 && yearlyWithdrawalPercent > 0) {
      const { cashMinor } = await this.#possessions();
      const amountMinor = (cashMinor * BigInt(yearlyWithdrawalPercent)) / 100n;
      await this.#move('WITHDRAW', amountMinor, market.monthIndex);
      this.withdrawnMinor += amountMinor;
    }
  }

  async #possessions(): Promise<Pick<MarketView, 'cashMinor' | 'holdings'>> {
    const balances = await this.#balances.listBalances(this.strategy.owner);

    return {
      cashMinor: balances.find(({ code }) => code === 'USD')?.availableMinor ?? 0n,
      holdings: new Map(balances.filter(({ code }) => code !== 'USD').map((b) => [b.code, b.availableMinor])),
    };
  }

  async #move(transactionType: 'DEPOSIT' | 'WITHDRAW', amountMinor: bigint, month: number): Promise<void> {
    const { owner } = this.strategy;
    const idempotencyKey = `${transactionType}-${month}`;

    await this.#balances.createTransaction({ owner, transactionType, code: 'USD', amountMinor, idempotencyKey });
  }

  async #order({ side, assetId, quantityMinor, sentTwice }: Trade, clientOrderId: string): Promise<void> {
    const quantity = formatDecimal(quantityMinor, shareScale);
    const orderType = side === 'BUY' ? 'MARKET_BUY' : 'MARKET_SELL';

    for (let sent = 0; sent < (sentTwice ? 2 : 1); sent += 1) {
      try {
        const { order, replayed } = await this.#flow.placeOrder({
          owner: this.strategy.owner,
          order: { orderType, assetId, quantity, clientOrderId },
        });
        this.counts[replayed ? 'replayed' : 'completed'] += 1;
        if (!replayed) this.executed.push(order.orderId);
      } catch (error) {
        if (!ledgerErrors.InsufficientFundsError.is(error)) throw error;
        this.counts.refused += 1;
      }
    }
  }
}
