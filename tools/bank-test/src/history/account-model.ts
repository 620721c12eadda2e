import type { Model } from '../linearizability/history.ts';
import { addAmounts, isNegative, type Amounts } from './amounts.ts';

/** An account as its clients see it. */
export interface AccountState extends Amounts {
  /** The orders that have been refunded, a bit each. */
  readonly refunded: bigint;
}

/** What a client did to an account and what it was told. */
export type AccountEvent = { readonly name: string } & (
  | {
      readonly kind: 'change';
      readonly change: Amounts;
      /** Whether it was told that the same request had been carried out before; absent where either may be true. */
      readonly replayed?: boolean | undefined;
    }
  | {
      readonly kind: 'refund';
      readonly change: Amounts;
      /** The number of the order, from 0. */
      readonly order: number;
      /** As above: others may have refunded the order. */
      readonly replayed?: boolean | undefined;
    }
  | {
      readonly kind: 'refusal';
      /** What there is too little of, and how much it would take. */
      readonly lacking: keyof Amounts;
      readonly requiredMinor: bigint;
      /** How much there was, where the refusal says so. */
      readonly availableMinor?: bigint | undefined;
    }
  /** A refusal for which there can be no reason. */
  | { readonly kind: 'groundless'; readonly code: string }
  | { readonly kind: 'reading'; readonly seen: Partial<Amounts> }
);

/** An account that has these amounts at first: never below zero, each request carried out once, each order refunded once. */
export const accountModel = (initial: Amounts): Model<AccountState, AccountEvent> => ({
  initial: { ...initial, refunded: 0n },
  next,
  keyOf: ({ cash, asset, refunded }) => `${cash} ${asset} ${refunded.toString(32)}`,
});

function next(state: AccountState, event: AccountEvent): AccountState | undefined {
  switch (event.kind) {
    case 'change':
      return event.replayed ? undefined : changed(state, event.change);
    case 'refund': {
      const bit = 1n << BigInt(event.order);
      const isRefunded = (state.refunded & bit) !== 0n;
      if (event.replayed !== undefined && event.replayed !== isRefunded) return undefined;
      return isRefunded ? state : changed({ ...state, refunded: state.refunded | bit }, event.change);
    }
    case 'refusal': {
      const { lacking, requiredMinor, availableMinor = state[lacking] } = event;
      return state[lacking] === availableMinor && availableMinor < requiredMinor ? state : undefined;
    }
    case 'groundless':
      return undefined;
    case 'reading': {
      const { cash = state.cash, asset = state.asset } = event.seen;
      return cash === state.cash && asset === state.asset ? state : undefined;
    }
  }
}

function changed({ refunded, ...amounts }: AccountState, change: Amounts): AccountState | undefined {
  const sum = addAmounts(amounts, change);

  return isNegative(sum) ? undefined : { ...sum, refunded };
}
