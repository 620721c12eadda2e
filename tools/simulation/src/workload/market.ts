/** The one asset that is traded, what it is traded in, and the fee in basis points. */
export const market = {
  assetId: 'GOLD',
  decimals: 3,
  priceScale: 2,
  currency: 'USD',
  currencyScale: 2,
  feeBps: 25,
} as const;

/** What each account holds, with its code and its decimals. */
export const holdings = {
  cash: { code: market.currency, scale: market.currencyScale },
  asset: { code: market.assetId, scale: market.decimals },
} as const;

/** What is available in an account, or what changes it, in minor units of {@link holdings}. */
export type Amounts = Readonly<Record<keyof typeof holdings, bigint>>;

export const noAmounts: Amounts = { cash: 0n, asset: 0n };

export const addAmounts = (left: Amounts, right: Amounts): Amounts => ({
  cash: left.cash + right.cash,
  asset: left.asset + right.asset,
});

export const negated = ({ cash, asset }: Amounts): Amounts => ({ cash: -cash, asset: -asset });

export const amountsOf = (code: string, amountMinor: bigint): Amounts =>
  code === market.currency ? { cash: amountMinor, asset: 0n } : { cash: 0n, asset: amountMinor };

/** By this much price times quantity is too large for the currency. */
const divisor = 10n ** BigInt(market.decimals + market.priceScale - market.currencyScale);

/** What a trade changes with its fee, calculated without the libraries that carry it out: each rounded against the user. */
export function tradeChange(side: 'buy' | 'sell', quantityMinor: bigint, priceMinor: bigint): Amounts {
  const product = quantityMinor * priceMinor;
  const notional = side === 'buy' ? (product + divisor - 1n) / divisor : product / divisor;
  const fee = (notional * BigInt(market.feeBps) + 9_999n) / 10_000n;

  return side === 'buy'
    ? { cash: -notional - fee, asset: quantityMinor }
    : { cash: notional - fee, asset: -quantityMinor };
}

/** The owner of an account, by its number. */
export const ownerOfAccount = (account: number): string => `user-${account}`;

export const ownersOf = (accounts: number): string[] => Array.from({ length: accounts }, (_, at) => ownerOfAccount(at));

/** What clients have learnt and can act upon, the newest last. */
export interface World {
  readonly accounts: number;
  /** Every price that may have been set, in minor units. */
  readonly prices: bigint[];
  readonly pendingDeposits: PendingDeposit[];
  readonly orders: PlacedOrder[];
}

/** A deposit that may be settled. */
export interface PendingDeposit {
  readonly owner: string;
  readonly transactionId: string;
  readonly amountMinor: bigint;
}

/** An order that may be refunded or cancelled. */
export interface PlacedOrder {
  readonly owner: string;
  readonly orderId: string;
  /** What it changed; absent of one that only waits. */
  readonly change?: Amounts;
  /** Whether it waits and holds something. */
  readonly holds?: boolean;
}
