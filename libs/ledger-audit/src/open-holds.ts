import { isOpen, sideOf, type Order } from '@cnop/entities-order';

/** The code that an order holds while it is open: a buy its currency, a sell its asset. */
export const heldCodeOf = ({ orderType, currency, assetId }: Order): string =>
  sideOf(orderType) === 'BUY' ? currency : assetId;

/** How much of that an order holds: nothing unless it is open. */
export const heldOf = ({ status, heldMinor }: Order): bigint => (isOpen(status) ? heldMinor : 0n);

/** What open orders hold: for each user and code, which order how much. Grows with the open holds and with nothing else. */
export interface OpenHolds {
  /** Notes what an order holds, if it is open and holds anything. */
  add(order: Order): void;
  /** What a user's open orders hold, by code. From now on the user counts as seen. */
  heldBy(owner: string): ReadonlyMap<string, bigint>;
  /** The orders of a user that hold something. */
  orderIdsOf(owner: string): readonly string[];
  /** The owners whose holds nobody has asked for. */
  unseen(): string[];
}

interface UserHolds {
  readonly heldMinorById: Map<string, { readonly code: string; readonly heldMinor: bigint }>;
  seen: boolean;
}

/** An empty collection of open holds. */
export function createOpenHolds(): OpenHolds {
  const owners = new Map<string, UserHolds>();

  return {
    add: (order) => {
      const { owner, orderId } = order;
      const heldMinor = heldOf(order);
      if (heldMinor === 0n) return;

      const holds = owners.get(owner) ?? { heldMinorById: new Map(), seen: false };
      holds.heldMinorById.set(orderId, { code: heldCodeOf(order), heldMinor });
      owners.set(owner, holds);
    },
    heldBy: (owner) => {
      const holds = owners.get(owner);
      if (!holds) return new Map();

      holds.seen = true;
      return sumByCode(holds.heldMinorById.values());
    },
    orderIdsOf: (owner) => [...(owners.get(owner)?.heldMinorById.keys() ?? [])],
    unseen: () => [...owners].filter(([, { seen }]) => !seen).map(([owner]) => owner),
  };
}

/** Adds up what is held of each code. */
export function sumByCode(holds: Iterable<{ readonly code: string; readonly heldMinor: bigint }>): Map<string, bigint> {
  const sums = new Map<string, bigint>();

  for (const { code, heldMinor } of holds) sums.set(code, (sums.get(code) ?? 0n) + heldMinor);
  return sums;
}
