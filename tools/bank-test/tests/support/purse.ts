import type { HistoryEntry, Model } from '../../src/linearizability/history.ts';

/** What may be done to a purse: put something in, take something out if it is there, be refused because it is not, or look. */
export type PurseEvent =
  | { readonly kind: 'put' | 'take' | 'refused'; readonly amount: number }
  | { readonly kind: 'look'; readonly seen: number };

/** A purse that is empty at first. */
export const purse: Model<number, PurseEvent> = {
  initial: 0,
  next: (state, event) => {
    switch (event.kind) {
      case 'put':
        return state + event.amount;
      case 'take':
        return state >= event.amount ? state - event.amount : undefined;
      case 'refused':
        return state < event.amount ? state : undefined;
      case 'look':
        return state === event.seen ? state : undefined;
    }
  },
  keyOf: String,
};

type Timed = Omit<HistoryEntry<PurseEvent>, 'event'>;

/** When an operation was invoked and when it returned; without the latter nobody knows what became of it. */
export const from = (invokedAt: number, returnedAt?: number): Timed => ({ invokedAt, returnedAt });

export const put = (amount: number, time: Timed) => ({ ...time, event: { kind: 'put', amount } as const });
export const take = (amount: number, time: Timed) => ({ ...time, event: { kind: 'take', amount } as const });
export const refused = (amount: number, time: Timed) => ({ ...time, event: { kind: 'refused', amount } as const });
export const look = (seen: number, time: Timed) => ({ ...time, event: { kind: 'look', seen } as const });
