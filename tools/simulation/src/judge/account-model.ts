import { addAmounts, type Amounts } from '../workload/market.ts';
import type { Model } from './linearizability.ts';

export interface AccountState extends Amounts {
  /** The shared effects that have taken place, a bit each. */
  readonly done: bigint;
}

/** What a client did to an account and what it was told. */
export type AccountEvent = { readonly name: string } & (
  | {
      readonly kind: 'change';
      readonly change: Amounts;
      /** The number of the effect, from 0, where others may have asked for it too. */
      readonly shared?: number | undefined;
      /** Whether it was told that the same had been carried out before; absent where either may be true. */
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

/** An account that has these amounts at first: never below zero, each request carried out once, each shared effect once. */
export const accountModel = (initial: Amounts): Model<AccountState, AccountEvent> => ({
  initial: { ...initial, done: 0n },
  next,
  keyOf: ({ cash, asset, done }) => `${cash} ${asset} ${done.toString(32)}`,
});

function next(state: AccountState, event: AccountEvent): AccountState | undefined {
  switch (event.kind) {
    case 'change': {
      const { change, shared, replayed } = event;
      if (shared === undefined) return replayed ? undefined : changed(state, change);
      const bit = 1n << BigInt(shared);
      const isDone = (state.done & bit) !== 0n;
      if (replayed !== undefined && replayed !== isDone) return undefined;
      return isDone ? state : changed({ ...state, done: state.done | bit }, change);
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

function changed({ done, ...amounts }: AccountState, change: Amounts): AccountState | undefined {
  const { cash, asset } = addAmounts(amounts, change);

  return cash < 0n || asset < 0n ? undefined : { cash, asset, done };
}
