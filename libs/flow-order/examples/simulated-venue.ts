import { formatDecimal, parseDecimal } from '@cnop/utils';
import type { RoutedOrder, Venue, VenueReport } from './venue-adapter.ts';

/** How a simulated venue behaves. */
export interface SimulatedVenueOptions {
  /** From 0 up to 1: decides who is filled, rejected, ended, and which report comes when. */
  readonly random: () => number;
  /** The scales of its assets' quantities and prices. */
  readonly quantityScale: number;
  readonly priceScale: number;
  /** The price at which it fills what has none of its own, in minor units. */
  readonly marketMinor: bigint;
  /** Quantities of its fills are multiples of this, in minor units: none is worth nothing. */
  readonly lotMinor: bigint;
}

/** A venue in memory, for tests and demonstrations. */
export interface SimulatedVenue extends Venue {
  /** Fills some orders in part or whole, and rejects some of those that it may. */
  trade(options?: { readonly mayReject?: boolean }): void;
  /** Ends what it was asked to end. */
  endCancelled(): void;
  /** Every fill that it made. */
  readonly fills: readonly Extract<VenueReport, { kind: 'FILL' }>[];
  /** How many orders it works on. */
  readonly working: number;
}

/** Beyond that it fills an order whole: the platform takes a limited number of fills. */
const PARTS = 5;

interface Working extends RoutedOrder {
  quantityMinor: bigint;
  filledMinor: bigint;
  parts: number;
  isCancelled: boolean;
  isOver: boolean;
}

/** Makes a venue that reports late, repeatedly and out of order, fills in parts, and rejects. */
export function createSimulatedVenue(options: SimulatedVenueOptions): SimulatedVenue {
  const { random, quantityScale, priceScale, marketMinor, lotMinor } = options;
  const book = new Map<string, Working>();
  const fills: Extract<VenueReport, { kind: 'FILL' }>[] = [];
  let pending: VenueReport[] = [];
  const isChance = (probability: number) => random() < probability;
  const working = () => [...book.values()].filter(({ isOver }) => !isOver);

  const end = (order: Working) => {
    order.isOver = true;
    pending.push({ kind: 'ENDED', orderId: order.orderId, filled: formatDecimal(order.filledMinor, quantityScale) });
  };

  const fill = (order: Working) => {
    const remainingMinor = order.quantityMinor - order.filledMinor;
    if (remainingMinor <= 0n) return;
    const isWhole = order.parts >= PARTS || isChance(0.3);
    const lots = (remainingMinor * BigInt(Math.floor(random() * 1_000))) / (1_000n * lotMinor);
    const quantityMinor = isWhole ? remainingMinor : lots * lotMinor;
    if (quantityMinor <= 0n) return;
    const report = {
      kind: 'FILL',
      orderId: order.orderId,
      fillId: `v-${fills.length + 1}`,
      quantity: formatDecimal(quantityMinor, quantityScale),
      price: order.worstPrice ?? formatDecimal(marketMinor, priceScale),
    } as const;

    order.filledMinor += quantityMinor;
    order.parts += 1;
    fills.push(report);
    pending.push(report);
  };

  return {
    route: async (order) => {
      const quantityMinor = parseDecimal(order.quantity, quantityScale, 'quantity');
      const known = book.get(order.orderId);
      if (known) known.quantityMinor = quantityMinor;
      else
        book.set(order.orderId, {
          ...order,
          quantityMinor,
          filledMinor: 0n,
          parts: 0,
          isCancelled: false,
          isOver: false,
        });
    },
    cancel: async (orderId) => {
      const order = book.get(orderId);
      // What was never routed has nothing to end.
      if (!order) pending.push({ kind: 'ENDED', orderId, filled: formatDecimal(0n, quantityScale) });
      else order.isCancelled = true;
    },
    reports: async () => {
      const now = pending
        .filter(() => isChance(0.6))
        .flatMap((report) => (isChance(0.2) ? [report, report] : [report]));
      return now
        .map((report) => ({ report, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ report }) => report);
    },
    acknowledge: async (acknowledged) => {
      // An acknowledgement is lost at times: the report comes again.
      if (!isChance(0.2)) pending = pending.filter((report) => report !== acknowledged);
    },
    trade: ({ mayReject = true } = {}) => {
      for (const order of working()) {
        if (isChance(0.5)) fill(order);
        if (mayReject && isChance(0.03)) end(order);
      }
    },
    endCancelled: () => {
      for (const order of working()) {
        if (!order.isCancelled) continue;
        // A last fill may come before the end.
        if (isChance(0.3)) fill(order);
        end(order);
      }
    },
    fills,
    get working() {
      return working().length;
    },
  };
}
