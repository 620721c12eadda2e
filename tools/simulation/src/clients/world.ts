/** What clients have learnt and can act upon: deposits that are pending and orders that were placed. */
export interface World {
  readonly accounts: number;
  readonly pendingDeposits: PendingDeposit[];
  readonly placedOrders: PlacedOrder[];
  /** Orders that only wait, holding nothing. */
  readonly draftOrders: PlacedOrder[];
}

/** A deposit that somebody may settle. */
export interface PendingDeposit {
  readonly owner: string;
  readonly transactionId: string;
  readonly code: string;
  readonly amountMinor: bigint;
}

/** An order that somebody may refund or cancel. */
export interface PlacedOrder {
  readonly owner: string;
  readonly orderId: string;
}

/** A world in which nothing has happened. */
export const createWorld = (accounts: number): World => ({
  accounts,
  pendingDeposits: [],
  placedOrders: [],
  draftOrders: [],
});
