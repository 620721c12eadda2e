import { getBalanceDao, type BalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import { ledgerErrors } from '@cnop/entities-ledger';
import { createOrderFlow, type OrderFlow } from '@cnop/flow-order';
import { formatDecimal } from '@cnop/utils';
import { registerUser } from './register-user.ts';
import type { MarketView, Random, Strategy, Trade } from './strategy.ts';

const shareScale = 3;

/** Registers a user who trades by a strategy, with random decisions of their own. */
export async function createTrader(database: Database, strategy: Strategy, random: Random): Promise<Trader> {
  await registerUser(database, strategy);
  return new Trader(database, strategy, random);
}

/** One user with a strategy, trading through the order flow. */
export class Trader {
  readonly strategy: Strategy;
  /** The ids of the orders that were executed. */
  readonly executed: string[] = [];
  /** How many orders were refused. */
  refused = 0;
  /** How many orders were sent again, and executed once all the same. */
  replayed = 0;
  /** Deposits less withdrawals. */
  paidInMinor = 0n;
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
    this.paidInMinor += monthlyDepositMinor;

    const trades = this.strategy.decide({ ...market, ...(await this.#possessions()) }, this.#random);
    for (const [index, trade] of trades.entries()) await this.#order(trade, `${market.monthIndex}-${index}`);

    if (market.monthIndex % 12 === 11 && yearlyWithdrawalPercent > 0) {
      const { cashMinor } = await this.#possessions();
      const amountMinor = (cashMinor * BigInt(yearlyWithdrawalPercent)) / 100n;
      await this.#move('WITHDRAW', amountMinor, market.monthIndex);
      this.paidInMinor -= amountMinor;
    }
  }

  async #possessions(): Promise<Pick<MarketView, 'cashMinor' | 'holdings'>> {
    const balances = await this.#balances.listBalances(this.strategy.owner);
    const holdings = new Map(balances.map(({ code, availableMinor }) => [code, availableMinor]));
    const cashMinor = holdings.get('USD') ?? 0n;

    return { cashMinor, holdings };
  }

  async #move(transactionType: 'DEPOSIT' | 'WITHDRAW', amountMinor: bigint, month: number): Promise<void> {
    const { owner } = this.strategy;
    const idempotencyKey = `${transactionType}-${month}`;

    await this.#balances.createTransaction({ owner, transactionType, code: 'USD', amountMinor, idempotencyKey });
  }

  async #order({ side, assetId, quantityMinor, sentTwice }: Trade, clientOrderId: string): Promise<void> {
    const quantity = formatDecimal(quantityMinor, shareScale);
    const order = { orderType: `MARKET_${side}`, assetId, quantity, clientOrderId } as const;

    for (let sent = 0; sent < (sentTwice ? 2 : 1); sent += 1) {
      try {
        const placed = await this.#flow.placeOrder({ owner: this.strategy.owner, order });
        if (placed.replayed) this.replayed += 1;
        else this.executed.push(placed.order.orderId);
      } catch (error) {
        if (!ledgerErrors.InsufficientFundsError.is(error)) throw error;
        this.refused += 1;
      }
    }
  }
}
