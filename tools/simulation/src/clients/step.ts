/** What one step of a client's plan has in common with every other. */
interface StepBase {
  /** Names the step: its idempotency key and its draws of chance follow from this, wherever in the plan it stands. */
  readonly id: number;
}

/** Money of an account, by the account's number. */
interface MoneyStep extends StepBase {
  readonly account: number;
  /** Minor units; signed in an adjustment. */
  readonly amountMinor: number;
}

/** Something that other steps have made: `target` counts through what there is by then. */
interface TargetStep extends StepBase {
  readonly target: number;
}

/** One thing that a client does, as often as it takes under the same key. */
export type Step =
  | (StepBase & { readonly kind: 'register'; readonly account: number })
  | (MoneyStep & { readonly kind: 'deposit' | 'withdraw' | 'pending-deposit' | 'adjust' })
  | (TargetStep & { readonly kind: 'settle'; readonly status: 'COMPLETED' | 'FAILED' | 'CANCELLED' })
  | (StepBase & { readonly kind: 'buy' | 'sell'; readonly account: number; readonly quantityMinor: number })
  | (TargetStep & { readonly kind: 'refund' })
  | (StepBase & { readonly kind: 'draft-order'; readonly account: number })
  | (TargetStep & { readonly kind: 'cancel' })
  | (StepBase & { readonly kind: 'set-price'; readonly priceMinor: number })
  | (StepBase & { readonly kind: 'snapshot' })
  | (StepBase & { readonly kind: 'list-orders'; readonly account: number });
