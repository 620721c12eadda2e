/** Money of one currency. */
export interface CashPosition {
  /** ISO 4217. */
  readonly currency: string;
  readonly scale: number;
  readonly availableMinor: bigint;
  readonly heldMinor: bigint;
}

/** What a holding is worth. */
export interface Valuation {
  /** What the asset is priced in, ISO 4217. */
  readonly currency: string;
  readonly currencyScale: number;
  readonly priceMinor: bigint;
  readonly priceScale: number;
  /** When the price was observed, ISO 8601 UTC. */
  readonly priceAsOf: string;
  readonly priceSource: string;
  /** price × quantity, held part included, rounded down to the currency's scale. */
  readonly valueMinor: bigint;
}

/** An amount of one asset. */
export interface Holding {
  readonly assetId: string;
  readonly scale: number;
  readonly availableMinor: bigint;
  readonly heldMinor: bigint;
  /** Absent while the asset has no price, is not listed, or is worth more than 10²⁴ minor units; it is then in no total. */
  readonly valuation?: Valuation;
}

/** Cash and valued holdings of one currency. Currencies are not converted into one another. */
export interface CurrencyTotal {
  readonly currency: string;
  readonly scale: number;
  readonly cashMinor: bigint;
  readonly holdingsMinor: bigint;
  readonly totalMinor: bigint;
}

/** What a user has and what it is worth at the stored prices, each list in the order of its codes. Empty balances are left out. */
export interface Portfolio {
  readonly owner: string;
  /** When it was put together, ISO 8601 UTC. */
  readonly asOf: string;
  readonly cash: readonly CashPosition[];
  readonly holdings: readonly Holding[];
  readonly totals: readonly CurrencyTotal[];
  /** Whether every holding has a valuation. If not, the totals are of less than all that the owner has. */
  readonly complete: boolean;
}
