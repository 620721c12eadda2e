/** One thing that a client does to an account, as often as it takes under the same key. */
export type BankStep = {
  /** Names the step: its idempotency key follows from this. */
  readonly id: number;
  readonly account: number;
} & (
  | { readonly kind: 'deposit' | 'withdraw'; readonly amountMinor: number }
  | { readonly kind: 'buy' | 'sell'; readonly quantityMinor: number }
  /** Refunds one of the newest orders of the account, `target` counting back; only looks where there is none yet. */
  | { readonly kind: 'refund'; readonly target: number }
  | { readonly kind: 'look' }
);
